import { describe, expect, it, test } from "vitest";
import type { CrmPriority } from "../../../server/crm/crm.ts";
import { FUB_ERRORS } from "../../../server/crm/followupboss/errors.ts";
import type { RateContext } from "../../../server/crm/followupboss/request-context.ts";
import { FUB_LIMITS } from "../../../server/crm/followupboss/request-context.ts";
import type { RateFacts } from "../../../server/crm/rate-lanes.ts";
import { createRateLanes } from "../../../server/crm/rate-lanes.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

const NOTHING: RateFacts = {
  context: null,
  limit: null,
  remaining: null,
  windowMs: null,
  accountId: null,
  pauseMs: null,
};

function setUp() {
  const clock = createFakeClock();
  const lanes = createRateLanes({ clock, limits: FUB_LIMITS, errors: FUB_ERRORS });
  const begun = clock.now();
  /** Asks for slots in the background and notes the moment each was given and answered. */
  const ask = (
    count: number,
    priority: CrmPriority,
    { context = "global", access = "k" }: { context?: RateContext; access?: string } = {},
  ): number[] => {
    const at: number[] = [];
    for (let i = 0; i < count; i++) {
      const deadline = Number.POSITIVE_INFINITY;
      const signal = new AbortController().signal;
      void lanes.take({ accessId: access, context, priority, deadline, signal }).then((slot) => {
        at.push(clock.now() - begun);
        slot.sent(NOTHING);
      });
    }
    return at;
  };
  return { clock, lanes, ask };
}

describe("the last slots of a window", () => {
  test.each<[CrmPriority, RateContext, number]>([
    ["interactive", "global", 250],
    ["launch", "global", 245],
    ["sync", "global", 245],
    ["listing", "global", 235],
    ["sync", "notes", 10],
    ["listing", "notes", 10],
    ["sync", "PUT.people", 25],
    ["sync", "events", 20],
  ])("%s in %s may take %i", async (priority, context, usable) => {
    const { clock, ask } = setUp();
    const given = ask(400, priority, { context });
    await clock.advance(9_999);
    expect(given).toHaveLength(usable);
  });

  it("are there for an opening page and for outreach while a list is read, and the list goes on at 94 %", async () => {
    const { clock, lanes, ask } = setUp();
    const pages = ask(1_000, "listing");
    await clock.advance(3_000);
    expect(lanes.lanes()[0]?.waitingBy).toEqual({ interactive: 0, launch: 0, sync: 0, listing: 765 });
    const launches = ask(12, "launch");
    const opened = ask(5, "interactive");
    await clock.settle();
    expect(opened).toEqual([3_000, 3_000, 3_000, 3_000, 3_000]);
    expect(launches.slice(0, 5)).toEqual([3_000, 3_000, 3_000, 3_000, 3_000]);
    await clock.advance(100_000);
    expect(pages).toHaveLength(1_000);
    // 1,000 at 250 in 10 s would be through after 30 s at best.
    expect(pages.at(-1)).toBeLessThanOrEqual(40_000);
  });

  it("leave a list at least 93 % of the limit, over many windows", async () => {
    const { clock, ask } = setUp();
    const pages = ask(5_000, "listing");
    await clock.advance(199_999);
    expect(pages.length).toBeGreaterThanOrEqual(0.93 * 5_000);
  });

  it("keep nobody from trying again after a 429: one goes, and its answer lets the others go", async () => {
    const { clock, lanes, ask } = setUp();
    const take = () =>
      lanes.take({
        accessId: "k",
        context: "global",
        priority: "listing",
        deadline: Number.POSITIVE_INFINITY,
        signal: new AbortController().signal,
      });
    (await take()).sent({ ...NOTHING, limit: 250, remaining: 0, pauseMs: 3_000 });
    const probe = take();
    const behind = ask(20, "listing");
    await clock.advance(3_000);
    const slot = await probe;
    await clock.advance(200);
    expect(behind).toEqual([]);
    slot.sent({ ...NOTHING, limit: 250, remaining: 240 });
    await clock.settle();
    expect(behind).toHaveLength(20);
    expect(new Set(behind)).toEqual(new Set([3_200]));
  });

  it("of one account are no concern of another's", async () => {
    const { clock, ask } = setUp();
    ask(400, "listing", { access: "one" });
    const other = ask(235, "listing", { access: "other" });
    await clock.settle();
    expect(other).toHaveLength(235);
  });
});
