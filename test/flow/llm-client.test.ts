// The language model's server over real sockets: whatever it does, the contact gets a clean reply or a holding one, the agent
// is told, and no key is ever said.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listModels } from "../../server/llm/list-models.ts";
import { LLM_MODEL, type LlmBehaviour } from "../../server/sandbox/llm/create-llm-world.ts";
import { type Assistant, HOLDING, MODEL_KEY, openAssistant } from "../helpers/open-assistant.ts";

let assistant: Assistant;
beforeEach(async () => {
  assistant = await openAssistant();
});
afterEach(() => assistant.close());

const answer: Assistant["answer"] = (text, more) => assistant.answer(text, more);
const asked = (): number => assistant.asked();

describe("a server that", () => {
  it.each<[string, LlmBehaviour, number]>([
    ["fences its JSON", { fenced: true }, 1],
    ["thinks aloud", { think: true }, 1],
    ["answers in parts", { contentParts: true }, 1],
    ["refuses response_format", { refusesResponseFormat: true }, 2],
    ["is slow", { slow: 20 }, 1],
  ])("%s is understood", async (_what, behaviour, requests) => {
    assistant.llm.behaviour = behaviour;
    const reply = "Would Friday at 10 am suit you for a viewing?";
    expect(await answer("Is it open?")).toMatchObject({ reply, handOver: null, trouble: null });
    expect(asked()).toBe(requests);
    expect(assistant.llm.violations).toEqual([]);
  });

  it("once answers with something else is asked again, with what was wrong", async () => {
    assistant.llm.say(['{"close":true}']);
    expect(await answer("Is it open?")).toMatchObject({ handOver: null, trouble: null });
    expect(JSON.stringify(assistant.llm.requests[1]?.body)).toContain('\\"reply\\" is missing');
  });

  const never = { kind: "never" };
  it.each<[string, LlmBehaviour, object, RegExp, number]>([
    ["is down", { down: true }, { code: "model_unavailable", retry: { kind: "later" } }, /having trouble/, 1],
    [
      "is busy",
      { rateLimited: 7 },
      { code: "model_unavailable", retry: { kind: "after", afterMs: 7_000 } },
      /slow down/,
      1,
    ],
    [
      "answers garbage",
      { garbage: true },
      { code: "model_bad_answer", retry: never },
      /no chat completion/,
      1,
    ],
    ["answers a book", { huge: 2_000_000 }, { code: "model_bad_answer", retry: never }, /far too large/, 1],
    [
      "never answers in JSON",
      { notJson: true },
      { code: "model_bad_answer", retry: never },
      /cannot be used/,
      2,
    ],
    [
      "only calls tools",
      { toolCalls: true },
      { code: "model_bad_answer", retry: never },
      /cannot be used/,
      2,
    ],
    [
      "does not allow it",
      { refuses: 403 },
      { code: "channel_unavailable", retry: never },
      /does not allow/,
      1,
    ],
    ["has no credit", { refuses: 402 }, { code: "channel_unavailable", retry: never }, /no credit/, 1],
    [
      "wants another limit",
      { wantsMaxCompletionTokens: true },
      { code: "channel_unavailable", retry: never },
      /Choose max_completion_tokens/,
      1,
    ],
    [
      "leads elsewhere",
      { redirects: "http://127.0.0.1:9/x" },
      { code: "channel_unavailable", retry: never },
      /another address/,
      1,
    ],
  ])(
    "%s has the agent take over, and the contact is not left hanging",
    async (_what, behaviour, trouble, why, requests) => {
      assistant.llm.behaviour = behaviour;
      const given = await answer("Is it open?");
      expect(given).toMatchObject({ reply: HOLDING, close: false, outcome: null, summary: null, trouble });
      expect(given.handOver).toMatch(why);
      expect(JSON.stringify([given, given.trouble?.message, given.trouble?.cause])).not.toContain(MODEL_KEY);
      expect(asked()).toBe(requests);
    },
  );

  it("does not know the key, the model or the address has that said, and nothing of the key", async () => {
    const troubles = await Promise.all(
      [
        { ...assistant.model, key: "sk-wrong-0000" },
        { ...assistant.model, key: null },
        { ...assistant.model, key: "with a\nbreak 0000" },
        { ...assistant.model, model: "gpt-x" },
        { ...assistant.model, url: assistant.model.url.replace("/v1", "/v2") },
      ].map(async (access) => (await answer("Hi", { model: access })).trouble),
    );
    expect(troubles.map((trouble) => trouble?.code)).toEqual(Array(5).fill("channel_unavailable"));
    expect(troubles.map((trouble) => trouble?.sentence)).toEqual([
      expect.stringMatching(/did not accept the brokerage's key/),
      expect.stringMatching(/asks for a key, and none is set/),
      expect.stringMatching(/characters no key can have/),
      expect.stringMatching(/no language model called “gpt-x”/),
      expect.stringMatching(/no OpenAI-compatible language model at this address/),
    ]);
    expect(JSON.stringify([troubles, assistant.logged, troubles.map(String)])).not.toContain("0000");
  });

  it.each([
    ["phone", 8_000],
    ["chat", 20_000],
  ] as const)(
    "hangs is given up on %s after %d ms, and counted as if it had answered",
    async (channel, ms) => {
      assistant.llm.behaviour = { hang: true };
      const waiting = answer("Hi", { channel });
      await expect.poll(asked).toBe(1);
      await assistant.clock.advance(ms - 1);
      expect(assistant.clock.sleepers()).toBe(1);
      await assistant.clock.advance(1);
      const given = await waiting;
      expect(given).toMatchObject({ reply: HOLDING, trouble: { code: "model_unavailable" } });
      expect(assistant.clock.sleepers()).toBe(0);
      const body = assistant.llm.requests[0]?.body as { max_tokens: number };
      expect(given.tokens.out).toBe(body.max_tokens);
      expect(given.tokens.in).toBeGreaterThan(0);
      expect(given.cost_micros).toBe(given.tokens.in * 2 + given.tokens.out * 8);
    },
  );

  it("is not there, or nobody waits for, is said in a sentence", async () => {
    const ended = new AbortController();
    assistant.llm.behaviour = { hang: true };
    const waiting = answer("Hi", { signal: ended.signal });
    await expect.poll(asked).toBe(1);
    ended.abort();
    expect((await waiting).handOver).toMatch(/Nobody waited/);
    await assistant.stop();
    const gone = await answer("Hi");
    // Whom nobody reached has nothing to charge.
    const retry = { kind: "later" };
    expect(gone).toMatchObject({ trouble: { code: "model_unavailable", retry }, cost_micros: 0 });
    expect(gone.handOver).toMatch(/at 127\.0\.0\.1:\d+ could not be reached/);
    expect(assistant.logged.join()).toContain("ECONNREFUSED");
  });
});

describe("the connection test", () => {
  it("lists the models, and says what is wrong otherwise", async () => {
    expect(await listModels(assistant.deps, assistant.model)).toEqual([LLM_MODEL, "practice-model-large"]);
    const wrong = (access: object) => listModels(assistant.deps, { ...assistant.model, ...access });
    const failing = (code: string, sentence: RegExp) =>
      expect.objectContaining({ code, sentence: expect.stringMatching(sentence) });
    await expect(wrong({ key: "wrong" })).rejects.toEqual(failing("channel_unavailable", /key/));
    await expect(wrong({ url: `${assistant.model.url}/x`, model: "" })).rejects.toEqual(
      failing("channel_unavailable", /end in \/v1/),
    );
    const page = assistant.model.url.replace("/llm/v1", "/__control/llm?");
    await expect(wrong({ url: page })).rejects.toEqual(failing("model_bad_answer", /not with a list/));
  });
});
