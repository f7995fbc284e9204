import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffDelay, retryAfterMs } from "../../../server/base/backoff.ts";

const POLICY = { firstMs: 1_000, factor: 3, maxMs: 120_000 };
const NOW = Date.parse("2026-03-02T15:00:00Z");

test("the delay grows by the factor up to the longest, with at most a fifth on top", () => {
  expect([1, 2, 3, 4, 5, 6, 400].map((attempt) => backoffDelay(POLICY, attempt, 0))).toEqual([
    1_000, 3_000, 9_000, 27_000, 81_000, 120_000, 120_000,
  ]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const delay = backoffDelay(POLICY, attempt, random);
        expect(delay).toBeGreaterThanOrEqual(backoffDelay(POLICY, attempt, 0));
        expect(delay).toBeLessThanOrEqual(POLICY.maxMs * 1.2);
        expect(Number.isInteger(delay)).toBe(true);
      },
    ),
  );
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["  ", undefined],
  ["soon", undefined],
  ["-5", undefined],
  ["120,", undefined],
  ["in 3", undefined],
  ["0", 0],
  ["7", 7_000],
  [" 1.5 ", 1_500],
  ["999999", 3_600_000],
  ["Mon, 02 Mar 2026 15:00:30 GMT", 30_000],
  ["Mon, 02 Mar 2026 14:00:00 GMT", 0],
  ["2026-03-02T15:00:05Z", 5_000],
])("Retry-After %j asks for %j ms", (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test("whatever a server sends, the wait is between nothing and an hour", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.double().map(String),
        fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
      ),
      (header) => {
        const ms = retryAfterMs(header, NOW);
        if (ms !== undefined) expect(ms >= 0 && ms <= 3_600_000 && Number.isInteger(ms)).toBe(true);
      },
    ),
  );
});
