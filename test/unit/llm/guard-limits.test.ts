import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costMicros, estimateTokens } from "../../../server/llm/count-cost.ts";
import { guardCost, guardLimits } from "../../../server/llm/guard-limits.ts";
import { readConversationLimits, readModelAccess } from "../../../server/llm/model-access.ts";

const LIMITS = { maxTurns: 3, maxMinutes: 60, maxCostMicros: 1_000, priceIn: 1, priceOut: 4 };
const START = Date.parse("2026-05-04T12:00:00Z");

test.each([
  [0, 0, undefined],
  [2, 59, undefined],
  [2, 59.999, undefined],
  [3, 0, /3 times/],
  [4, 0, /3 times/],
  [0, 60, /60 minutes/],
  [0, 6_000, /60 minutes/],
])("after %d answers and %d minutes: %s", (turns, minutes, why) => {
  const over = guardLimits(LIMITS, { turns, startedAt: START, now: START + minutes * 60_000 });
  if (why === undefined) expect(over).toBeUndefined();
  else expect(over).toMatch(why);
});

describe("money", () => {
  test.each([
    [1_000, 500, 0.15, 0.6, 450],
    [1, 0, 0.15, 0.6, 1],
    [0, 0, 10, 10, 0],
    [3, 0, 0.1, 0.1, 1],
    [30, 0, 0.1, 0, 3],
    [1_000_000, 1_000_000, 2.5, 10, 12_500_000],
  ])(
    "%d tokens read and %d written at $%d and $%d a million cost %d micros",
    (input, output, priceIn, priceOut, cost) => {
      expect(costMicros({ in: input, out: output }, { priceIn, priceOut })).toBe(cost);
    },
  );

  test.each([
    ["", 0],
    ["a", 1],
    ["abcd", 1],
    ["abcde", 2],
  ])("%j counts as %d tokens where nobody counts", (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  test("a question that could go beyond the limit is not asked", () => {
    expect(guardCost(LIMITS, 0, { in: 200, out: 200 })).toBeUndefined();
    expect(guardCost(LIMITS, 1, { in: 200, out: 200 })).toMatch(/cost as much/);
    expect(guardCost(LIMITS, 5_000, { in: 0, out: 0 })).toMatch(/cost as much/);
    expect(guardCost({ ...LIMITS, maxCostMicros: 0 }, 1e9, { in: 1e6, out: 1e6 })).toBeUndefined();
    expect(guardCost({ ...LIMITS, priceIn: 0, priceOut: 0 }, 0, { in: 1e6, out: 1e6 })).toBeUndefined();
  });

  test("as long as questions use what was expected of them, a conversation never costs more than it may", () => {
    const tokens = fc.record({ in: fc.nat(5_000), out: fc.nat(5_000) });
    const price = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(tokens, { maxLength: 20 }),
        price,
        price,
        fc.nat(500_000),
        (asked, priceIn, priceOut, most) => {
          const limits = { ...LIMITS, priceIn, priceOut, maxCostMicros: most + 1 };
          let spent = 0;
          for (const next of asked) {
            if (guardCost(limits, spent, next) === undefined) spent += costMicros(next, limits);
          }
          expect(spent).toBeLessThanOrEqual(limits.maxCostMicros);
        },
      ),
    );
  });
});

describe("settings", () => {
  const SET = {
    llm_url: "http://localhost:11434/v1",
    llm_model: "llama",
    llm_tokens_field: "max_tokens" as const,
  };

  test("name the model and what a conversation may take", () => {
    expect(readModelAccess(SET, "")).toEqual({
      url: "http://localhost:11434/v1",
      model: "llama",
      key: null,
      tokensField: "max_tokens",
    });
    expect(readModelAccess(SET, "sk-1").key).toBe("sk-1");
    const limits = {
      llm_max_turns: 12,
      llm_max_minutes: 1_440,
      llm_max_cost: 0.5,
      llm_price_in: 0.15,
      llm_price_out: 0.6,
    };
    expect(readConversationLimits(limits)).toEqual({
      maxTurns: 12,
      maxMinutes: 1_440,
      maxCostMicros: 500_000,
      priceIn: 0.15,
      priceOut: 0.6,
    });
  });

  test.each([
    [{ ...SET, llm_url: undefined }, /address of the language model is not set/],
    [{ ...SET, llm_model: "" }, /name of the language model is not set/],
  ])("that lack something say what (%#)", (settings, sentence) => {
    expect(() => readModelAccess(settings, null)).toThrow(
      expect.objectContaining({ code: "channel_unavailable", sentence: expect.stringMatching(sentence) }),
    );
  });
});
