// How long a campaign still takes.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CampaignLoad, estimateCampaignMs } from "../../../server/campaigns/estimate-campaign.ts";
import type { CrmLane } from "../../../server/crm/crm.ts";

const idle: CampaignLoad = {
  pages: 0,
  people: 0,
  later: { people: 0, firstMs: 0, lastMs: 0 },
  channel: "phone",
  usualMs: 60_000,
  atOnce: 40,
  perMinute: null,
  writes: true,
  backlog: 0,
};
const lane = (context: CrmLane["context"], limit: number, used = 0): CrmLane =>
  ({ account: "7001", context, limit, windowMs: 10_000, used, waiting: 0 }) as CrmLane;
const ms = (load: Partial<CampaignLoad>, lanes: readonly CrmLane[] = []): number =>
  estimateCampaignMs({ ...idle, ...load }, lanes);

describe("the time a campaign still takes", () => {
  test("nothing left, no time", () => {
    expect(ms({})).toBe(0);
    expect(ms({ atOnce: 0 })).toBe(0);
  });

  test("calls: rounds of as many as go at once", () => {
    expect(ms({ people: 40, writes: false })).toBe(60_000);
    expect(ms({ people: 41, writes: false })).toBe(120_000);
    expect(ms({ people: 41, writes: false, perMinute: 10 })).toBeCloseTo(246_000);
  });

  test("texts: 1,000 notes at ten per ten seconds take longer than the conversations", () => {
    const estimated = ms({ people: 1_000, channel: "sms", usualMs: 1_000, atOnce: 80 });
    expect(estimated).toBeGreaterThanOrEqual(990_000);
    expect(estimated).toBeLessThanOrEqual(1_000_000);
    const twice = ms({ people: 1_000, channel: "sms", usualMs: 1_000, atOnce: 80 }, [lane("notes", 20)]);
    expect(twice).toBeGreaterThanOrEqual(490_000);
    expect(twice).toBeLessThanOrEqual(500_000);
  });

  test("reading 10,000 people is limited by the way there and back or by the limit, whichever is longer", () => {
    expect(ms({ pages: 100 })).toBe(30_000);
    expect(ms({ pages: 100 }, [lane("global", 10)])).toBeGreaterThanOrEqual(90_000);
  });

  test("other people's records in the line are waited for; without records none are", () => {
    expect(ms({ channel: "sms", backlog: 500 })).toBeGreaterThanOrEqual(490_000);
    expect(ms({ people: 1_000, channel: "sms", usualMs: 10, atOnce: 80, writes: false })).toBeLessThan(1_000);
  });

  test("whoever waits for their hours is reached only then", () => {
    const later = { people: 50, firstMs: 3_600_000, lastMs: 3_600_000 };
    expect(ms({ people: 200, later, writes: false })).toBe(3_600_000 + 120_000);
    const longList = ms({ people: 4_000, later, writes: false });
    expect(longList).toBe(6_000_000);
    const spread = { ...later, lastMs: 7_200_000 };
    expect(ms({ people: 200, later: spread, writes: false })).toBe(7_200_000 + 60_000);
    expect(ms({ later })).toBe(0);
  });

  test("more to do never takes less time, and it is always a number", () => {
    const load = fc.record({
      pages: fc.nat(1_000),
      people: fc.nat(100_000),
      later: fc.record({ people: fc.nat(100_000), firstMs: fc.nat(1e8), lastMs: fc.nat(1e8) }),
      channel: fc.constantFrom("phone" as const, "sms" as const, "email" as const),
      usualMs: fc.nat(120_000),
      atOnce: fc.integer({ min: 1, max: 1_000_000 }),
      perMinute: fc.option(fc.integer({ min: 1, max: 6_000 })),
      writes: fc.boolean(),
      backlog: fc.nat(10_000),
    });
    fc.assert(
      fc.property(
        load,
        fc.constantFrom("pages" as const, "people" as const, "backlog" as const),
        (one, more) => {
          const before = estimateCampaignMs(one, []);
          expect(Number.isFinite(before)).toBe(true);
          expect(before).toBeGreaterThanOrEqual(0);
          expect(estimateCampaignMs({ ...one, [more]: one[more] + 100 }, [])).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });
});
