import { describe, expect, it } from "vitest";
import type { CrmPriority } from "../../../server/crm/crm.ts";
import { FUB_ERRORS } from "../../../server/crm/followupboss/errors.ts";
import type { RateContext } from "../../../server/crm/followupboss/request-context.ts";
import { FUB_LIMITS } from "../../../server/crm/followupboss/request-context.ts";
import type { RateFacts } from "../../../server/crm/rate-lanes.ts";
import { createRateLanes, type LaneSlot } from "../../../server/crm/rate-lanes.ts";
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
  const take = (given: {
    access?: string;
    context?: RateContext;
    priority?: CrmPriority;
    timeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<LaneSlot> =>
    lanes.take({
      accessId: given.access ?? "k1",
      context: given.context ?? "notes",
      priority: given.priority ?? "sync",
      deadline: clock.monotonic() + (given.timeoutMs ?? 15_000),
      signal: given.signal ?? new AbortController().signal,
    });
  /** Takes and answers `count` slots now. */
  const use = async (count: number, facts: Partial<RateFacts> = {}, access = "k1"): Promise<void> => {
    for (let i = 0; i < count; i++) (await take({ access })).sent({ ...NOTHING, ...facts });
  };
  /** Takes slots in the background and notes the moment each was given. */
  const watch = (count: number, given: Parameters<typeof take>[0] = {}): { at: number[] } => {
    const begun = clock.now();
    const seen: { at: number[] } = { at: [] };
    for (let i = 0; i < count; i++) {
      void take(given).then((slot) => {
        seen.at.push(clock.now() - begun);
        slot.sent(NOTHING);
      });
    }
    return seen;
  };
  return { clock, lanes, take, use, watch };
}

describe("a lane", () => {
  it("gives ten notes at once and the eleventh a window after the first answer", async () => {
    const { clock, watch } = setUp();
    const seen = watch(11);
    await clock.advance(9_999);
    expect(seen.at).toHaveLength(10);
    await clock.advance(1);
    expect(seen.at.at(-1)).toBe(10_000);
  });

  it("counts a request in flight for as long as it takes", async () => {
    const { clock, take, watch } = setUp();
    await take({});
    await clock.advance(60_000);
    const seen = watch(10);
    await clock.settle();
    expect(seen.at).toHaveLength(9);
  });

  it("keeps a slot for a window from the answer on, not from the request", async () => {
    const { clock, take, use, watch } = setUp();
    const slow = await take({});
    await use(9, { limit: 10, windowMs: 10_000 });
    await clock.advance(9_000);
    slow.sent(NOTHING);
    await clock.advance(1_000);
    const seen = watch(10);
    await clock.advance(8_999);
    expect(seen.at).toHaveLength(9);
    await clock.advance(1);
    expect(seen.at.at(-1)).toBe(9_000);
  });

  it("gives the slot of a request that was never sent back at once", async () => {
    const { clock, take, use, watch } = setUp();
    const slot = await take({});
    await use(9);
    const seen = watch(1);
    slot.unsent();
    await clock.settle();
    expect(seen.at).toEqual([0]);
  });

  it("keeps contexts apart and does not limit POST.events", async () => {
    const { clock, use, watch } = setUp();
    await use(10);
    const global = watch(250, { context: "global", priority: "interactive" });
    const events = watch(400, { context: "POST.events" });
    await clock.settle();
    expect(global.at).toHaveLength(250);
    expect(events.at).toHaveLength(400);
  });

  it("serves the urgent first, and equals in their order", async () => {
    const { clock, take, use } = setUp();
    await use(10);
    await clock.advance(9_800);
    const order: string[] = [];
    for (const [name, priority] of [
      ["list", "listing"],
      ["sync 1", "sync"],
      ["sync 2", "sync"],
      ["launch", "launch"],
      ["page", "interactive"],
    ] as const) {
      void take({ priority }).then(() => order.push(name));
    }
    await clock.advance(200);
    expect(order).toEqual(["page", "launch", "sync 1", "sync 2", "list"]);
  });

  it("gives a list that has waited for long a turn among the records, after whoever waits in person", async () => {
    const { clock, take, use } = setUp();
    await use(10);
    const order: string[] = [];
    for (const [name, priority] of [
      ["list", "listing"],
      ["sync 1", "sync"],
      ["sync 2", "sync"],
      ["page", "interactive"],
    ] as const) {
      void take({ priority }).then(() => order.push(name));
    }
    await clock.advance(10_000);
    expect(order).toEqual(["page", "list", "sync 1", "sync 2"]);
  });

  it("lets a waiting request go at its time limit, certainly unsent", async () => {
    const { clock, lanes, take, use } = setUp();
    await use(10);
    const patience = new AbortController();
    const waiting = take({ signal: patience.signal }).catch((error: unknown) => error);
    await clock.advance(3_000);
    patience.abort();
    expect(await waiting).toMatchObject({
      code: "crm_rate_limited",
      retry: { kind: "later" },
      details: { fate: "not_stored" },
    });
    expect(lanes.lanes()[0]?.waiting).toBe(0);
    expect(clock.sleepers()).toBe(0);
  });
});

describe("what the server says", () => {
  it("about limit and window is believed", async () => {
    const { clock, use, watch } = setUp();
    await use(1, { limit: 3, remaining: 2, windowMs: 5_000 });
    const seen = watch(3);
    await clock.advance(5_000);
    expect(seen.at).toEqual([0, 0, 5_000]);
  });

  it("about slots others have used counts until the window passes", async () => {
    const { clock, use, watch } = setUp();
    await use(1, { limit: 10, remaining: 1 });
    const seen = watch(3);
    await clock.advance(9_999);
    expect(seen.at).toEqual([0]);
    await clock.advance(1);
    expect(seen.at).toHaveLength(3);
  });

  it("never raises what we know to be used", async () => {
    const { clock, use, watch } = setUp();
    await use(10, { limit: 10, remaining: 9 });
    const seen = watch(1);
    await clock.advance(9_999);
    expect(seen.at).toEqual([]);
  });

  it("takes back a guess about others when our request was alone", async () => {
    const { clock, use, watch } = setUp();
    await use(1, { limit: 10, remaining: 2 });
    await use(1, { limit: 10, remaining: 8 });
    const seen = watch(8);
    await clock.settle();
    expect(seen.at).toHaveLength(8);
  });
});

describe("a 429", () => {
  it("silences every context of the account, of all its keys, until Retry-After", async () => {
    const { clock, lanes, use, watch } = setUp();
    await use(1, { accountId: "77" }, "k2");
    await use(1, { accountId: "77", pauseMs: 8_000 });
    const others = watch(1, { access: "other" });
    const seen = watch(1, { context: "global", access: "k2" });
    await clock.advance(7_999);
    expect(others.at).toEqual([0]);
    expect(seen.at).toEqual([]);
    expect(lanes.lanes().find(({ account }) => account === "77")?.pausedUntil).toBe(clock.now() + 1);
    await clock.advance(1);
    expect(seen.at).toEqual([8_000]);
  });

  it("that empties the window lets one request try when the silence ends", async () => {
    const { clock, use, watch } = setUp();
    await use(1, { limit: 10, remaining: 0, pauseMs: 2_000 });
    const seen = watch(3);
    await clock.advance(2_000);
    expect(seen.at).toEqual([2_000, 2_000]);
    await clock.advance(8_000);
    expect(seen.at).toHaveLength(3);
  });

  it("refuses at once what cannot wait that long, with the time that is left", async () => {
    const { clock, take, use } = setUp();
    await use(1, { pauseMs: 60_000 });
    await clock.advance(10_000);
    await expect(take({ timeoutMs: 15_000 })).rejects.toMatchObject({
      code: "crm_rate_limited",
      retry: { kind: "after", afterMs: 50_000 },
    });
  });
});

describe("two keys of one account", () => {
  it("share the lanes from the moment it is known", async () => {
    const { clock, lanes, use, watch } = setUp();
    await use(6, { accountId: "77" }, "k1");
    await use(3, {}, "k2");
    lanes.learnAccount("k2", "77");
    expect(lanes.lanes()).toMatchObject([{ account: "77", context: "notes", used: 9 }]);
    const seen = watch(2, { access: "k2" });
    await clock.advance(9_999);
    expect(seen.at).toEqual([0]);
  });

  it("do not count each other's requests as strangers'", async () => {
    const { lanes, use } = setUp();
    await use(6, { accountId: "77", limit: 10, remaining: 4 }, "k1");
    await use(1, { accountId: "77", limit: 10, remaining: 3 }, "k2");
    expect(lanes.lanes()).toMatchObject([{ account: "77", used: 7 }]);
  });

  it("take their waiting requests and those in flight along", async () => {
    const { clock, lanes, take, use, watch } = setUp();
    await use(1, { accountId: "77" }, "k1");
    const slot = await take({ access: "k2" });
    await use(9, {}, "k2");
    const seen = watch(1, { access: "k2" });
    lanes.learnAccount("k2", "77");
    expect(lanes.lanes()).toMatchObject([{ account: "77", used: 11, waiting: 1 }]);
    slot.sent(NOTHING);
    await clock.advance(10_000);
    expect(seen.at).toEqual([10_000]);
    await clock.advance(10_000);
    expect(lanes.lanes()).toMatchObject([{ account: "77", used: 0, waiting: 0 }]);
  });
});

describe("memory", () => {
  it("keeps no lanes of accounts that have been idle for ten minutes, and all of those in use", async () => {
    const { clock, lanes, take, use } = setUp();
    await take({ access: "still in flight" });
    for (let i = 0; i < 500; i++) await use(1, { accountId: `${i}` }, `key ${i}`);
    expect(lanes.lanes()).toHaveLength(501);
    await clock.advance(601_000);
    expect(lanes.lanes()).toMatchObject([{ account: "key:still in flight", used: 1 }]);
  });
});
