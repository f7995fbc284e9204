import { describe, expect, test } from "vitest";
import { answerSchema, summarySchema } from "../../../server/llm/answer.schema.ts";
import { readCompletion } from "../../../server/llm/read-completion.ts";
import { readJsonAnswer } from "../../../server/llm/read-json-answer.ts";

const completion = (message: unknown, more: object = {}) =>
  JSON.stringify({ choices: [{ index: 0, message }], ...more });

describe("a chat completion", () => {
  test.each<[string, unknown, string]>([
    ["a text", "Hi", "Hi"],
    ["parts", [{ type: "text", text: "a" }, { type: "reasoning", text: "b" }, { text: "c" }, "d"], "acd"],
    ["nothing", null, ""],
    ["thoughts before", "<think>\nhm {\n</think>\n\nHi", "Hi"],
    ["two thoughts", "<think>a</think>b<think>c</think> Hi ", "Hi"],
    ["a thought without its beginning", "hm, well</think>Hi", "Hi"],
    ["a thought without its end", "<think>hm, well", ""],
    ["a thought after it, cut off", "Hi <thinking>was that right", "Hi"],
  ])("with %s", (_what, content, text) => {
    expect(readCompletion(completion({ role: "assistant", content })).text).toBe(text);
  });

  test.each<[string, unknown, unknown]>([
    ["counted", { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }, { in: 7, out: 3 }],
    ["not counted", undefined, null],
    ["null", null, null],
    ["half counted", { prompt_tokens: 7 }, null],
    ["absurd", { prompt_tokens: -1, completion_tokens: 1e12 }, null],
  ])("whose use is %s", (_what, usage, use) => {
    expect(readCompletion(completion({ content: "x" }, { usage })).use).toEqual(use);
  });

  test("of tool calls or reasoning says nothing", () => {
    const call = { tool_calls: [{ function: { name: "x", arguments: "{}" } }], reasoning_content: "hm" };
    expect(readCompletion(completion(call)).text).toBe("");
  });

  test.each([
    "",
    "{",
    "[]",
    "null",
    '{"choices":[]}',
    '{"error":"x"}',
    '{"choices":[{}]}',
    '{"choices":[{"message":{"content":5}}]}',
  ])("is not %j", (text) => {
    expect(() => readCompletion(text)).toThrow(expect.objectContaining({ code: "model_bad_answer" }));
  });
});

test.each([
  ['{"a":1}', { a: 1 }],
  ['  {"a":1}\n', { a: 1 }],
  ['```json\n{"a":1}\n```', { a: 1 }],
  ['Sure:\n```\n{"a":{"b":2}}\n```\nOk?', { a: { b: 2 } }],
  ['Here it is: {"a":"}"} there', { a: "}" }],
  ["[1]", undefined],
  ['"{}"', {}],
  ["{a:1}", undefined],
  ["no", undefined],
  ["", undefined],
  ["}{", undefined],
])("the object in %j is %j", (text, value) => {
  expect(readJsonAnswer(text)).toEqual(value);
});

describe("the fields of an answer", () => {
  const none = { close: false, outcome: null, hand_over: null, summary: null };
  test.each<[object, object]>([
    [
      { reply: "Hi", ...none, extra: 1 },
      { reply: "Hi", ...none },
    ],
    [{ reply: "Hi" }, { reply: "Hi", hand_over: null }],
    [
      { reply: "Hi", close: "true", outcome: "connected" },
      { close: true, outcome: "connected" },
    ],
    [
      { reply: "Hi", close: "maybe", outcome: "sold", summary: 5 },
      { close: false, outcome: null, summary: null },
    ],
    [{ reply: "Hi", hand_over: "none" }, { hand_over: null }],
    [{ reply: "Hi", hand_over: false }, { hand_over: null }],
    [{ reply: "Hi", hand_over: "No" }, { hand_over: null }],
    [{ reply: "Hi", hand_over: ["x"] }, { hand_over: null }],
    [
      { reply: "", hand_over: true },
      { reply: "", hand_over: "" },
    ],
    [{ reply: "", hand_over: " wants a price " }, { hand_over: "wants a price" }],
    [{ reply: "", opt_out: true }, { opt_out: true }],
    [{ reply: "Bye", opt_out: "yes" }, { opt_out: true }],
    [{ reply: "Hi", opt_out: "false" }, { opt_out: false }],
    [{ reply: "Hi", opt_out: "none" }, { opt_out: false }],
    [{ reply: "Hi", opt_out: 1 }, { opt_out: false }],
  ])("%j mean %j", (given, expected) => {
    expect(answerSchema.parse(given)).toMatchObject(expected);
  });

  test.each([
    {},
    { reply: 5 },
    { reply: null },
    { reply: " " },
    { reply: "", hand_over: "null" },
    { reply: "", opt_out: "no" },
  ])("%j are no answer", (given) => {
    expect(answerSchema.safeParse(given).success).toBe(false);
  });

  test("of a summary", () => {
    expect(summarySchema.parse({ summary: " x ", outcome: "else" })).toEqual({
      summary: "x",
      outcome: "connected",
    });
    expect(summarySchema.parse({ summary: "x", outcome: "not_interested" }).outcome).toBe("not_interested");
    expect(summarySchema.safeParse({ summary: " " }).success).toBe(false);
  });
});
