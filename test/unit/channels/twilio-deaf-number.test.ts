import { expect, test } from "vitest";
import { deafCode, type SeenStatus } from "../../../server/channels/twilio/refuse-deaf-number.ts";

const DAY = 86_400_000;
const NOW = 200 * DAY;
const word = (daysAgo: number, status: string, code: number | null = null): SeenStatus => ({
  ...{ at: NOW - daysAgo * DAY, status, code },
});

test.each<[string, SeenStatus[], number | undefined]>([
  ["nothing is known", [], undefined],
  ["it was unknown to its carrier", [word(1, "undelivered", 30005)], 30005],
  ["it was a landline weeks ago", [word(89, "undelivered", 30006), word(89, "sent")], 30006],
  ["that is long ago", [word(91, "undelivered", 30006)], undefined],
  ["it was only out of reach", [word(1, "undelivered", 30003), word(1, "undelivered", 30008)], undefined],
  ["a text arrived since", [word(1, "delivered"), word(2, "undelivered", 30005)], undefined],
  ["it arrived before, and no more", [word(3, "read"), word(2, "undelivered", 30005)], 30005],
])("a number is known to receive no texts or not: %s", (_what, seen, code) => {
  expect(deafCode(seen, NOW)).toBe(code);
  expect(deafCode(seen.toReversed(), NOW)).toBe(code);
});
