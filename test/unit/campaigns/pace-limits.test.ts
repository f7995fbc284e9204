// How many may be released at a moment under a pace per minute.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paceAllowance, paceMark } from "../../../server/campaigns/pace-limits.ts";

const NOW = 1_780_000_000_000;

/** Releases at these looks, taking all that is allowed. */
function release(perMinute: number, looks: readonly number[]): { readonly at: number; readonly n: number }[] {
  let last: number | null = null;
  return looks.map((at) => {
    const { now: n } = paceAllowance(perMinute, last, at);
    if (n > 0) last = paceMark(perMinute, last, at, n);
    return { at, n };
  });
}

const perMinutes = fc.integer({ min: 1, max: 6_000 });
const gaps = fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 90_000 })), {
  minLength: 1,
  maxLength: 200,
});
const looksOf = (steps: readonly number[]): number[] => {
  let at = NOW;
  return steps.map((step) => (at += step));
};

describe("a pace per minute", () => {
  test("in no stretch of time more go than the pace allows, give or take a second's worth", () => {
    fc.assert(
      fc.property(perMinutes, gaps, (perMinute, steps) => {
        const released = release(perMinute, looksOf(steps)).filter(({ n }) => n > 0);
        const burst = Math.max(1, Math.ceil(perMinute / 60));
        for (const [from, first] of released.entries()) {
          let n = 0;
          for (const { at, n: more } of released.slice(from)) {
            n += more;
            // What fell due in the stretch, the burst at its start, and the three slots that may be saved up.
            expect(n).toBeLessThanOrEqual(((at - first.at) * perMinute) / 60_000 + burst + 3);
          }
        }
      }),
    );
  });

  test("whoever looks when told to is never turned away, and the pace is kept up", () => {
    fc.assert(
      fc.property(perMinutes, fc.integer({ min: 5, max: 60 }), (perMinute, rounds) => {
        let at = NOW;
        let last: number | null = null;
        let n = 0;
        for (let round = 0; round < rounds; round++) {
          const allowed = paceAllowance(perMinute, last, at);
          expect(allowed.now).toBeGreaterThan(0);
          n += allowed.now;
          last = paceMark(perMinute, last, at, allowed.now);
          const next = paceAllowance(perMinute, last, at);
          // Kept as a time in the database, where only whole milliseconds fit.
          expect(Number.isInteger(next.nextAt)).toBe(true);
          expect(next.nextAt).toBeGreaterThan(at);
          at = next.nextAt ?? at;
        }
        const ideal = ((at - NOW) * perMinute) / 60_000;
        expect(n).toBeGreaterThanOrEqual(Math.floor(ideal * 0.9) - 1);
      }),
    );
  });

  test("the first look is told a whole millisecond too", () => {
    fc.assert(
      fc.property(perMinutes, (perMinute) => {
        const first = paceAllowance(perMinute, null, NOW);
        expect(first.now).toBe(1);
        expect(Number.isInteger(first.nextAt)).toBe(true);
      }),
    );
  });

  test("what a long pause left unused is not made up for", () => {
    const last = paceMark(60, NOW - 3_600_000, NOW, 1);
    expect(paceAllowance(60, NOW - 3_600_000, NOW).now).toBe(1);
    expect(paceAllowance(60, last, NOW).now).toBeLessThanOrEqual(2);
  });

  test("without a pace nothing is waited for", () => {
    expect(paceAllowance(null, NOW, NOW)).toEqual({ now: Number.MAX_SAFE_INTEGER, nextAt: null });
    expect(paceMark(null, NOW - 5, NOW, 9)).toBe(NOW);
  });
});
