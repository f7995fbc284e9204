import { describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/schema.ts";
import { claimJobs, nextDueAt } from "../../../server/queue/claim-jobs.ts";
import { type EnqueueOptions, enqueue } from "../../../server/queue/enqueue.ts";
import { JOB_KINDS } from "../../../server/queue/job-kinds.ts";
import { buryJob, completeJob } from "../../../server/queue/settle-job.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const sync = (db: Db, id: string, options: EnqueueOptions) =>
  enqueue(db, "sync-activity", { activity_id: id }, options);
const claim = (db: Db, now: number, room = 10) =>
  claimJobs(db, { owner: "w", now, leaseMs: 1000, roomIn: () => room });
const nextDue = (db: Db, after: number) => nextDueAt(db, { after, until: 100_000 }, () => 10);
const ids = (jobs: readonly { payload: string }[]) =>
  jobs.map(({ payload }) => Object.values(JSON.parse(payload) as object)[0]);
const times = async (db: Db) =>
  (await db.selectFrom("jobs").select("run_at").orderBy("id").execute()).map((r) => r.run_at);

describe("the dedupe key", () => {
  test("keeps a second unfinished job out; once it is finished or set aside, the work can be asked for again", async () => {
    const db = await openTestDatabase();
    const options = { now: 100, dedupeKey: "k" };
    expect(await sync(db, "a", options)).toBe(true);
    expect(await sync(db, "b", options)).toBe(false);
    const [first] = await claim(db, 100);
    expect(await sync(db, "c", options)).toBe(false);
    if (first) await completeJob(db, first, "w");
    expect(await sync(db, "d", options)).toBe(true);
    const [second] = await claim(db, 100);
    if (second) await buryJob(db, second, "w", "no");
    expect(await sync(db, "e", options)).toBe(true);
    const left = await db.selectFrom("jobs").select(["state", "payload"]).orderBy("id").execute();
    expect(left.map(({ state }) => state)).toEqual(["dead", "ready"]);
    expect(ids(left)).toEqual(["d", "e"]);
  });

  test("brings a waiting job forward, never back", async () => {
    const db = await openTestDatabase();
    await sync(db, "a", { now: 100, runAt: 5_000, dedupeKey: "k" });
    await sync(db, "a", { now: 100, runAt: 3_000, dedupeKey: "k" });
    expect(await times(db)).toEqual([5_000]);
    await sync(db, "a", { now: 100, runAt: 3_000, dedupeKey: "k", bringForward: true });
    expect(await times(db)).toEqual([3_000]);
    await sync(db, "a", { now: 100, runAt: 9_000, dedupeKey: "k", bringForward: true });
    expect(await times(db)).toEqual([3_000]);
  });

  test("does not hurry a job that is backing off", async () => {
    const db = await openTestDatabase();
    await sync(db, "a", { now: 100, runAt: 5_000, dedupeKey: "k" });
    await db.updateTable("jobs").set({ attempts: 2 }).execute();
    await sync(db, "a", { now: 100, dedupeKey: "k", bringForward: true });
    expect(await times(db)).toEqual([5_000]);
  });
});

describe("what is claimed", () => {
  test("the most urgent kind first, then the longest due, then the order of asking", async () => {
    const db = await openTestDatabase();
    await enqueue(db, "housekeeping", {}, { now: 1 });
    await sync(db, "late", { now: 50 });
    await sync(db, "early", { now: 10 });
    await enqueue(db, "poll-engagement", { engagement_id: "call" }, { now: 90 });
    const order: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) order.push(...ids(await claim(db, 100, 1)));
    expect(order).toEqual(["call", "early", "late", undefined]);
  });

  test("nothing before its time, and the time of the next is known", async () => {
    const db = await openTestDatabase();
    expect(await nextDue(db, 0)).toBeUndefined();
    await sync(db, "a", { now: 100, runAt: 5_000 });
    expect(await claim(db, 4_999)).toEqual([]);
    expect(await nextDue(db, 4_999)).toBe(5_000);
    expect(ids(await claim(db, 5_000))).toEqual(["a"]);
    expect(await nextDue(db, 0)).toBeUndefined();
  });

  test("of a group only its first, even while that one waits for its time", async () => {
    const db = await openTestDatabase();
    await sync(db, "g1", { now: 100, groupKey: "g", runAt: 9_000 });
    await sync(db, "g2", { now: 100, groupKey: "g" });
    await sync(db, "h1", { now: 100, groupKey: "h" });
    expect(ids(await claim(db, 200))).toEqual(["h1"]);
    // g2 is due, but waits for g1: whoever sleeps until the next due job must not wake at once for it.
    expect(await nextDue(db, 200)).toBe(9_000);
    expect(ids(await claim(db, 9_000))).toEqual(["g1"]);
    expect(await nextDue(db, 0)).toBeUndefined();
    expect(await claim(db, 9_000)).toEqual([]);
  });

  test("a group goes on when its first is finished or set aside", async () => {
    const db = await openTestDatabase();
    for (const id of ["1", "2", "3"]) await sync(db, id, { now: 100, groupKey: "g" });
    const [first] = await claim(db, 100);
    if (first) await buryJob(db, first, "w", "no");
    const [second] = await claim(db, 100);
    expect(ids(second ? [second] : [])).toEqual(["2"]);
    if (second) await completeJob(db, second, "w");
    expect(ids(await claim(db, 100))).toEqual(["3"]);
  });
});

test("a payload of another shape is refused before it is stored", async () => {
  const db = await openTestDatabase();
  const wrong = { activity_id: "a", more: 1 } as { activity_id: string };
  await expect(enqueue(db, "sync-activity", wrong, { now: 1 })).rejects.toThrow();
  expect(await db.selectFrom("jobs").selectAll().execute()).toEqual([]);
});

test("a transaction that fails takes its jobs with it", async () => {
  const db = await openTestDatabase();
  const attempt = db.transaction().execute(async (trx) => {
    await enqueue(trx, "sync-activity", { activity_id: "a" }, { now: 1 });
    throw new Error("no");
  });
  await expect(attempt).rejects.toThrow("no");
  expect(await claim(db, 100)).toEqual([]);
});

test("every kind tries at least three times within a day, and a waiting caller goes before any record", () => {
  for (const [name, kind] of Object.entries(JOB_KINDS)) {
    expect(kind.maxAttempts, name).toBeGreaterThanOrEqual(3);
    expect(kind.backoff.maxMs * kind.maxAttempts, name).toBeLessThan(86_400_000);
  }
  const { "launch-engagement": launch, ...others } = JOB_KINDS;
  for (const kind of Object.values(others)) expect(kind.priority).toBeLessThan(launch.priority);
});
