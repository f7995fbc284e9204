import { describe, expect, test } from "vitest";
import { GatewayError, RETRY_LATER, retryAfter } from "../../../server/base/errors.ts";
import type { Db } from "../../../server/db/schema.ts";
import { type EnqueueOptions, enqueue } from "../../../server/queue/enqueue.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { makeWorker } from "./start-worker.ts";

const sync = (db: Db, id: string, options: Partial<EnqueueOptions> = {}) =>
  enqueue(db, "sync-activity", { activity_id: id }, { now: FAKE_START, ...options });
const later = (): never => {
  throw new GatewayError("crm_unavailable", { retry: RETRY_LATER });
};
const secondsOf = (ran: readonly { at: number }[]) => ran.map(({ at }) => (at - FAKE_START) / 1000);
const jobs = (db: Db) => db.selectFrom("jobs").selectAll().orderBy("id").execute();

describe("a job runs at its time", () => {
  test("not before, and soon after", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async () => undefined);
    await sync(db, "a", { runAt: FAKE_START + 2_500 });
    await worker.start();
    await clock.advance(2_499);
    expect(worker.ran).toEqual([]);
    await clock.advance(1_000);
    expect(worker.ran.map(({ id }) => id)).toEqual(["a"]);
    expect(await jobs(db)).toEqual([]);
  });

  test("`again` is no failure: it counts no try, and after a success tries start over", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async (_id, { attempt }) => {
      const turn = worker.ran.length;
      if (turn === 1 || turn === 4) later();
      expect(attempt).toBe(turn === 2 || turn === 5 ? 2 : 1);
      return turn < 6 ? { kind: "again", at: clock.now() + 60_000 } : undefined;
    });
    await sync(db, "a");
    await worker.start();
    await clock.advance(600_000);
    expect(worker.ran.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 1, 2, 1]);
    expect(await jobs(db)).toEqual([]);
    expect(worker.dead).toEqual([]);
  });

  test("asked for again while it runs, it runs once more, since it may have read what was before", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const again = { dedupeKey: "k", bringForward: true } as const;
    const worker = makeWorker(db, clock, async () => {
      if (worker.ran.length === 1) await sync(db, "a", { now: clock.now(), ...again });
      return undefined;
    });
    await sync(db, "a", again);
    await worker.start();
    await clock.advance(5_000);
    expect(worker.ran).toHaveLength(2);
    expect(await jobs(db)).toEqual([]);
  });

  test("asked for earlier while it runs, it does not wait for the later time it named itself", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async () => {
      if (worker.ran.length > 1) return undefined;
      await sync(db, "a", {
        now: clock.now(),
        runAt: clock.now() + 4_000,
        dedupeKey: "k",
        bringForward: true,
      });
      return { kind: "again", at: clock.now() + 60_000 };
    });
    await sync(db, "a", { dedupeKey: "k" });
    await worker.start();
    await clock.advance(20_000);
    expect(secondsOf(worker.ran)).toEqual([0, 4]);
  });
});

describe("a job that fails", () => {
  test("waits longer each time, and is set aside after its last try", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async (_id, { lastAttempt }) => {
      expect(lastAttempt).toBe(worker.ran.length === 6);
      return later();
    });
    await enqueue(db, "launch-engagement", { engagement_id: "e" }, { now: FAKE_START, dedupeKey: "k" });
    await worker.start();
    await clock.advance(600_000);
    expect(secondsOf(worker.ran)).toEqual([0, 1, 4, 13, 40, 121]);
    expect(worker.dead).toMatchObject([{ kind: "launch-engagement", payload: { engagement_id: "e" } }]);
    expect(await jobs(db)).toMatchObject([{ state: "dead", dedupe_key: null, lease_owner: null }]);
    expect(worker.logged.every(({ level }) => level === "warn")).toBe(true);
  });

  test("waits as long as it was asked to", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async () => {
      if (worker.ran.length > 1) return undefined;
      throw new GatewayError("crm_rate_limited", { retry: retryAfter(7_000) });
    });
    await sync(db, "a");
    await worker.start();
    await clock.advance(30_000);
    expect(secondsOf(worker.ran)).toEqual([0, 7]);
  });

  test("for good is set aside at once", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async () => {
      throw new GatewayError("crm_invalid", { logMessage: "bad number 416-555-0111" });
    });
    await sync(db, "a");
    await worker.start();
    await clock.advance(60_000);
    expect(worker.ran).toHaveLength(1);
    expect(await jobs(db)).toMatchObject([{ state: "dead", last_error: "bad number …11" }]);
    expect(worker.logged).toMatchObject([{ level: "warn" }]);
  });

  test("by a bug is set aside at once and loudly, without its text's phone numbers", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async () => {
      throw new TypeError("cannot call +14165550111");
    });
    await sync(db, "a");
    await worker.start();
    await clock.settle();
    expect(worker.dead[0]?.error).toBeInstanceOf(TypeError);
    expect(await jobs(db)).toMatchObject([{ state: "dead", last_error: "cannot call …11" }]);
    expect(worker.logged).toMatchObject([{ level: "error", message: expect.stringContaining("…11") }]);
  });

  test("holds up its own group and nobody else", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async (id) =>
      id === "g1" && worker.ran.length < 4 ? later() : undefined,
    );
    await sync(db, "g1", { groupKey: "g" });
    await sync(db, "g2", { groupKey: "g" });
    await sync(db, "h1", { groupKey: "h" });
    await worker.start();
    await clock.advance(60_000);
    expect(worker.ran.map(({ id }) => id)).toEqual(["g1", "h1", "g1", "g1", "g2"]);
  });

  test("and waits with a due neighbour behind it leaves the database alone meanwhile", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async () => undefined);
    await sync(db, "g1", { groupKey: "g", runAt: FAKE_START + 600_000 });
    await sync(db, "g2", { groupKey: "g" });
    await worker.start();
    await clock.settle();
    // Whoever sleeps a millisecond at a time would wake ten times here.
    const sleeping = clock.sleepers();
    await clock.advance(10);
    expect(clock.sleepers()).toBe(sleeping);
    const before = worker.ran.length;
    await clock.advance(900_000);
    expect(worker.ran.length - before).toBe(2);
  });
});

describe("a job that cannot be understood is set aside, not lost", () => {
  test.each([
    ["its payload has another shape by now", { kind: "sync-activity", payload: '{"old_name":"a"}' }],
    ["its payload is no JSON", { kind: "sync-activity", payload: "{" }],
    ["its kind is unknown", { kind: "from-the-future", payload: "{}" }],
  ])("%s", async (_what, columns) => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    await sync(db, "a", { dedupeKey: "k" });
    await db.updateTable("jobs").set(columns).execute();
    const worker = makeWorker(db, clock, async () => undefined);
    await worker.start();
    await clock.settle();
    expect(worker.ran).toEqual([]);
    expect(await jobs(db)).toMatchObject([{ state: "dead", ...columns }]);
    expect(worker.dead).toHaveLength(1);
    expect(worker.logged).toMatchObject([{ level: "error" }]);
  });
});
