// Who gets the free places of a channel.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Claimant, shareSlots } from "../../../server/campaigns/share-slots.ts";

const claimant = fc.record({
  active: fc.nat(60),
  waiting: fc.nat(60),
  most: fc.oneof(fc.nat(60), fc.constant(Number.MAX_SAFE_INTEGER)),
});
const claimants = fc.array(claimant, { maxLength: 8 });
const roomOf = ({ waiting, most }: Claimant): number => Math.min(waiting, most);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

test("nobody gets more than is waiting or allowed, and no place stays empty while somebody could use it", () => {
  fc.assert(
    fc.property(fc.nat(200), claimants, (free, all) => {
      const given = shareSlots(free, all);
      expect(given).toHaveLength(all.length);
      for (const [index, one] of all.entries()) {
        expect(given[index]).toBeGreaterThanOrEqual(0);
        expect(given[index]).toBeLessThanOrEqual(roomOf(one));
      }
      expect(sum(given)).toBe(Math.min(free, sum(all.map(roomOf))));
    }),
  );
});

test("nobody who got a place ends with more going on than somebody still waiting would have with one more", () => {
  fc.assert(
    fc.property(fc.nat(200), claimants, (free, all) => {
      const given = shareSlots(free, all);
      const load = (index: number): number => (all[index]?.active ?? 0) + (given[index] ?? 0);
      const hungry = all.flatMap((one, index) => ((given[index] ?? 0) < roomOf(one) ? [index] : []));
      const served = all.flatMap((_, index) => ((given[index] ?? 0) > 0 ? [index] : []));
      for (const poor of hungry)
        for (const rich of served) expect(load(rich)).toBeLessThanOrEqual(load(poor) + 1);
    }),
  );
});

test("no room, nobody there, nothing waiting", () => {
  expect(shareSlots(0, [{ active: 0, waiting: 5, most: 5 }])).toEqual([0]);
  expect(shareSlots(-3, [{ active: 0, waiting: 5, most: 5 }])).toEqual([0]);
  expect(shareSlots(5, [])).toEqual([]);
  expect(shareSlots(5, [{ active: 9, waiting: 0, most: 5 }])).toEqual([0]);
});
