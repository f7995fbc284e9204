import { expect, test } from "vitest";
import { modelRefusal } from "../../../server/llm/model-refusal.ts";

const NOW = Date.parse("2026-05-04T12:00:00Z");
const KEY = "sk-verysecretkey";
const ACCESS = {
  url: "https://llm.example/v1",
  model: "gpt-x",
  key: KEY,
  tokensField: "max_tokens" as const,
};
const error = (message: string, code: string | null = null) => ({
  error: { message, type: "t", param: null, code },
});

const refuse = (
  status: number,
  body: unknown,
  more: Partial<typeof ACCESS> | { key: null } = {},
  retryAfter?: string,
) =>
  modelRefusal(
    { ...ACCESS, ...more },
    { status, text: typeof body === "string" ? body : JSON.stringify(body), retryAfter },
    NOW,
  );

test.each<[number, unknown, RegExp]>([
  [401, error(`Incorrect API key provided: ${KEY}`), /did not accept the brokerage's key/],
  [403, error("no"), /does not allow this/],
  [402, "Payment required", /no credit left/],
  [429, error("You exceeded your current quota", "insufficient_quota"), /no credit left/],
  [
    404,
    error("The model `gpt-x` does not exist or you do not have access to it.", "model_not_found"),
    /no language model called “gpt-x”/,
  ],
  [404, { error: 'model "gpt-x" not found, try pulling it first' }, /no language model called “gpt-x”/],
  [
    404,
    { object: "error", message: "The model `gpt-x` does not exist.", code: 404 },
    /no language model called “gpt-x”/,
  ],
  [
    400,
    { error: "No models loaded. Please load a model in the developer page" },
    /no language model called “gpt-x”/,
  ],
  [404, "404 page not found", /no OpenAI-compatible language model at this address/],
  [405, "", /no OpenAI-compatible language model at this address/],
  [
    400,
    error(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ),
    /Choose max_completion_tokens/,
  ],
  [400, error("This model's maximum context length is 4097 tokens.", "context_length_exceeded"), /too long/],
  [400, { detail: [{ loc: ["body"] }] }, /refused the request \(status 400\)/],
  [422, "{", /refused the request \(status 422\)/],
  [302, "<html>", /refused the request \(status 302\)/],
])("%i with %j is a matter of settings: %s", (status, body, sentence) => {
  const refusal = refuse(status, body);
  expect(refusal).toMatchObject({ code: "channel_unavailable", retry: { kind: "never" } });
  expect(refusal.sentence).toMatch(sentence);
  expect(JSON.stringify([refusal.sentence, refusal.message, refusal.details])).not.toContain("verysecret");
});

test("a key that is asked for and not set is named as missing", () => {
  expect(refuse(401, "", { key: null }).sentence).toBe(
    "The language model's server asks for a key, and none is set.",
  );
});

test("a model that takes only the older limit is told from one that takes only the newer", () => {
  const said = { error: "unknown field max_completion_tokens" };
  const refusal = modelRefusal(
    { ...ACCESS, tokensField: "max_completion_tokens" },
    { status: 400, text: JSON.stringify(said), retryAfter: undefined },
    NOW,
  );
  expect(refusal.sentence).toMatch(/does not take max_completion_tokens. Choose max_tokens/);
});

test.each<[number, string | undefined, object, RegExp]>([
  [429, "7", { kind: "after", afterMs: 7_000 }, /slow down/],
  [429, "Mon, 04 May 2026 12:00:30 GMT", { kind: "after", afterMs: 30_000 }, /slow down/],
  [429, undefined, { kind: "later" }, /slow down/],
  [500, undefined, { kind: "later" }, /having trouble/],
  [502, "nonsense", { kind: "later" }, /having trouble/],
  [503, "2", { kind: "after", afterMs: 2_000 }, /having trouble/],
  [408, undefined, { kind: "later" }, /having trouble/],
])("%i with Retry-After %s is a moment's trouble", (status, retryAfter, retry, sentence) => {
  const refusal = refuse(status, error("model gpt-x overloaded, not found"), {}, retryAfter);
  expect(refusal).toMatchObject({ code: "model_unavailable", retry });
  expect(refusal.sentence).toMatch(sentence);
});
