import fc from "fast-check";
import { expect, test } from "vitest";
import { countSegments } from "../../../server/channels/count-segments.ts";
import { splitText } from "../../../server/channels/split-text.ts";

test.each([
  ["", 10, []],
  ["  ", 10, []],
  ["short", 10, ["short"]],
  ["0123456789", 10, ["0123456789"]],
  ["0123456789 x", 10, ["0123456789", "x"]],
  ["one two three", 10, ["one two", "three"]],
  ["one two\nthree four", 10, ["one two", "three four"]],
  ["a\nb cdefgh ijk", 10, ["a\nb cdefgh", "ijk"]],
  ["0123456789abcdef", 10, ["0123456789", "abcdef"]],
  ["abcdefgh👩‍👩‍👧x", 10, ["abcdefgh", "👩‍👩‍👧x"]],
])("%j in parts of %d", (text, most, parts) => {
  expect(splitText(text, most)).toEqual(parts);
});

test("parts fit, are whole characters, and together say all there was", () => {
  const text = fc.array(
    fc.oneof(fc.string({ unit: "grapheme", maxLength: 30 }), fc.constantFrom(" ", "\n", "word", "👍🏽")),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 90 }), (pieces, most) => {
      const whole = pieces.join("");
      const parts = splitText(whole, most);
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(most);
        expect(part.trim()).toBe(part);
        expect(part).not.toBe("");
        expect(part.isWellFormed()).toBe(true);
      }
      const bare = (some: string) => some.replace(/\s+/g, "");
      expect(bare(parts.join(""))).toBe(bare(whole));
    }),
  );
});

test("a message of a carrier is 1,600 characters", () => {
  expect(splitText("word ".repeat(700)).map(({ length }) => length)).toEqual([1_599, 1_599, 299]);
});

test.each([
  ["", "GSM-7", 0, 1],
  ["a".repeat(160), "GSM-7", 160, 1],
  ["a".repeat(161), "GSM-7", 161, 2],
  ["a".repeat(306), "GSM-7", 306, 2],
  ["a".repeat(307), "GSM-7", 307, 3],
  ["é à ñ ü £ ¿", "GSM-7", 11, 1],
  ["€".repeat(80), "GSM-7", 160, 1],
  ["€".repeat(81), "GSM-7", 162, 2],
  // 153 is odd: an escaped character does not fit into the last place of a segment.
  ["€".repeat(152), "GSM-7", 304, 2],
  ["€".repeat(153), "GSM-7", 306, 3],
  ["’", "UCS-2", 1, 1],
  [`${"a".repeat(69)}’`, "UCS-2", 70, 1],
  [`${"a".repeat(70)}’`, "UCS-2", 71, 2],
  ["ê".repeat(134), "UCS-2", 134, 2],
  ["ê".repeat(135), "UCS-2", 135, 3],
  // 67 is odd: nor does half an emoji.
  ["👍".repeat(35), "UCS-2", 70, 1],
  ["👍".repeat(66), "UCS-2", 132, 2],
  ["👍".repeat(67), "UCS-2", 134, 3],
] as const)("%j is sent as %s: %d units, %d segments", (text, encoding, units, segments) => {
  expect(countSegments(text)).toEqual({ encoding, units, segments });
});
