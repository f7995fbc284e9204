import fc from "fast-check";
import { expect, test } from "vitest";
import { openingText } from "../../../server/channels/opening-text.ts";
import { CALL_TYPES } from "../../../shared/values.ts";

const ORDER = {
  type: "informational" as (typeof CALL_TYPES)[number],
  instruction: "The house on Maple Street is back on the market",
  personName: "Nivia Garcia",
  agentName: "Ann One",
  brokerage: "Maple Street Realty",
};
const write = (more: Partial<Record<keyof typeof ORDER, string | null>> = {}, optOutHint = true): string =>
  openingText({ ...ORDER, ...more } as typeof ORDER, { optOutHint });

test.each([
  [
    {},
    "Hello Nivia, this is Ann One with Maple Street Realty. The house on Maple Street is back on the market. Reply STOP to opt out.",
  ],
  [
    { personName: null },
    "Hello, this is Ann One with Maple Street Realty. The house on Maple Street is back on the market. Reply STOP to opt out.",
  ],
  [
    { personName: "416-555-0199", agentName: null, instruction: "" },
    "Hello, this is Maple Street Realty. There is news about your home search. Reply STOP to opt out.",
  ],
  [
    { brokerage: "", instruction: "Call me!" },
    "Hello Nivia, this is Ann One. Call me! Reply STOP to opt out.",
  ],
  [
    { brokerage: "Maple Inc.", agentName: "", instruction: "News:\n 1. A" },
    "Hello Nivia, this is Maple Inc. News: 1. A. Reply STOP to opt out.",
  ],
  [
    { brokerage: "", agentName: null },
    "Hello Nivia. The house on Maple Street is back on the market. Reply STOP to opt out.",
  ],
  [
    { type: "appointment_booking", instruction: "" },
    "Hello Nivia, this is Ann One with Maple Street Realty. We would like to find a time that suits you for a viewing. Which day and time would suit you? Reply STOP to opt out.",
  ],
  [
    { type: "appointment_booking", instruction: "Does Friday suit you?" },
    "Hello Nivia, this is Ann One with Maple Street Realty. Does Friday suit you? Reply STOP to opt out.",
  ],
  [
    { type: "confirmational", instruction: "The viewing is on Friday" },
    "Hello Nivia, this is Ann One with Maple Street Realty. The viewing is on Friday. Can you confirm this? Reply STOP to opt out.",
  ],
  [
    { type: "conversational", instruction: "" },
    "Hello Nivia, this is Ann One with Maple Street Realty. We would like to hear how your home search is going. Reply STOP to opt out.",
  ],
])("%j opens with %j", (order, text) => {
  expect(write(order)).toBe(text);
  expect(write(order, false)).toBe(text.replace(" Reply STOP to opt out.", ""));
});

test("a long instruction is cut at a word, and what is around it is kept", () => {
  const text = write({ type: "confirmational", instruction: "word ".repeat(1_000) });
  expect(text.length).toBeLessThanOrEqual(1_600);
  expect(text.length).toBeGreaterThan(1_580);
  expect(text).toMatch(/^Hello Nivia, this is Ann One with Maple Street Realty\. word/);
  expect(text).toMatch(/ word\.\.\. Can you confirm this\? Reply STOP to opt out\.$/);
});

test("whatever an order says, the text fits, is one line and names the contact by one word at most", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom("👍 a".repeat(800), "𐀀".repeat(1_500), ` ${"word ".repeat(500)}`, "x".repeat(3_000)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...CALL_TYPES),
      text,
      text,
      text,
      text,
      (type, instruction, personName, agentName, brokerage) => {
        const opening = openingText(
          { type, instruction, personName, agentName, brokerage },
          { optOutHint: true },
        );
        expect(opening.length).toBeLessThanOrEqual(1_600);
        expect(opening).not.toMatch(/[\r\n]/);
        expect(opening.startsWith("Hello")).toBe(true);
        expect(opening.endsWith("Reply STOP to opt out.")).toBe(true);
        expect(opening.isWellFormed()).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
