// Lanes: jobs that wait for one budget run a few at a time, beside all others and never in their way.
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Clock, systemClock } from "../../../server/base/clock.ts";
import { GatewayError, RETRY_LATER, retryAfter } from "../../../server/base/errors.ts";
import type { Db } from "../../../server/db/schema.ts";
import { claimJobs } from "../../../server/queue/claim-jobs.ts";
import { type EnqueueOptions, enqueue } from "../../../server/queue/enqueue.ts";
import { laneBacklog } from "../../../server/queue/lane-backlog.ts";
import { laneConcurrency } from "../../../server/queue/lane-concurrency.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { makeWorker } from "./start-worker.ts";

const sync = (db: Db, id: string, options: Partial<EnqueueOptions> = {}) =>
  enqueue(db, "sync-activity", { activity_id: id }, { now: FAKE_START, ...options });
const never = (): Promise<undefined> => new Promise(() => undefined);
const jobs = (db: Db) => db.selectFrom("jobs").selectAll().orderBy("id").execute();

test.each([
  ["notes:7001", 3],
  ["list:fub-test/user:u1", 1],
  ["calls:7001", 6],
  ["people:7001", 6],
  ["anything", 6],
])("of %s run %i at once", (laneKey, most) => {
  expect(laneConcurrency(laneKey)).toBe(most);
});

describe("a lane that is backed up", () => {
  test("holds up neither jobs without a lane nor another account's", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    for (let i = 0; i < 100; i++) await sync(db, `slow ${i}`, { laneKey: "notes:1" });
    const worker = makeWorker(db, clock, (id) =>
      id.startsWith("slow") ? never() : Promise.resolve(undefined),
    );
    await worker.start();
    await clock.settle();
    await sync(db, "other", { laneKey: "notes:2" });
    await enqueue(db, "launch-engagement", { engagement_id: "launch" }, { now: clock.now() });
    worker.nudge();
    await clock.settle();
    expect(worker.ran.map(({ id }) => id).toSorted()).toEqual([
      "launch",
      "other",
      "slow 0",
      "slow 1",
      "slow 2",
    ]);
  });

  test("does not keep the loop awake, however much of it is due", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    for (let i = 0; i < 20; i++) await sync(db, `${i}`, { laneKey: "notes:1", runAt: FAKE_START + i * 100 });
    let sleeps = 0;
    const sleep: Clock["sleep"] = (ms, signal) => {
      sleeps += 1;
      return clock.sleep(ms, signal);
    };
    const worker = makeWorker(db, { ...clock, sleep }, never);
    await worker.start();
    await clock.advance(300);
    const before = sleeps;
    await clock.advance(10_000);
    // The beat of a second, and no more.
    expect(sleeps - before).toBeLessThanOrEqual(10);
    expect(worker.ran).toHaveLength(3);
  });

  test("and jobs without a lane that fill all their places leave lanes alone", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    for (let i = 0; i < 5; i++) await sync(db, `general ${i}`);
    await sync(db, "note", { laneKey: "notes:1" });
    const worker = makeWorker(db, clock, (id) => (id === "note" ? Promise.resolve(undefined) : never()), 2);
    await worker.start();
    await clock.settle();
    expect(worker.ran.map(({ id }) => id).toSorted()).toEqual(["general 0", "general 1", "note"]);
  });
});

test("within a lane the urgent go first, then the longest due", async () => {
  const db = await openTestDatabase();
  await sync(db, "late", { laneKey: "x:1", runAt: 50 });
  await sync(db, "early", { laneKey: "x:1", runAt: 10 });
  await sync(db, "urgent", { laneKey: "x:1", runAt: 60, priority: 90 });
  await sync(db, "urgent, not due", { laneKey: "x:1", runAt: 500, priority: 99 });
  const order: string[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const [job] = await claimJobs(db, { owner: "w", now: 100, leaseMs: 1_000, roomIn: () => 1 });
    if (job) order.push(String((JSON.parse(job.payload) as { activity_id: string }).activity_id));
  }
  expect(order).toEqual(["urgent", "early", "late"]);
});

test("one person's work keeps its order across lanes, whatever else runs", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          lane: fc.constantFrom(undefined, "notes:1", "calls:1", "list:1"),
          group: fc.constantFrom(undefined, "a", "b"),
        }),
        { minLength: 1, maxLength: 40 },
      ),
      async (given) => {
        const db = await openTestDatabase();
        const running = new Map<string, number>();
        const tooMany: string[] = [];
        const worker = makeWorker(db, systemClock, async (id) => {
          const { lane, group } = given[Number(id)] ?? {};
          const places: [string, number][] = [
            ...(lane ? [[lane, laneConcurrency(lane)] as [string, number]] : []),
            ...(group ? [[group, 1] as [string, number]] : []),
          ];
          for (const [place, most] of places) {
            running.set(place, (running.get(place) ?? 0) + 1);
            if ((running.get(place) ?? 0) > most) tooMany.push(place);
          }
          await delay(Number(id) % 3);
          for (const [place] of places) running.set(place, (running.get(place) ?? 0) - 1);
          return undefined;
        });
        for (const [index, { lane, group }] of given.entries())
          await sync(db, `${index}`, {
            ...(lane && { laneKey: lane }),
            ...(group && { groupKey: group }),
          });
        await worker.start();
        await expect.poll(async () => (await jobs(db)).length, { timeout: 5_000, interval: 5 }).toBe(0);
        await worker.stop(100);
        expect(tooMany).toEqual([]);
        expect(worker.ran).toHaveLength(given.length);
        for (const name of ["a", "b"]) {
          const order = worker.ran.map(({ id }) => Number(id)).filter((id) => given[id]?.group === name);
          expect(order).toEqual(order.toSorted((left, right) => left - right));
        }
      },
    ),
    { numRuns: 10 },
  );
});

describe("the CRM's limit is not the job's fault", () => {
  test("however often it is met, no try counts and nothing is set aside", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async (_id, { attempt }) => {
      expect(attempt).toBe(1);
      if (worker.ran.length <= 50) throw new GatewayError("crm_rate_limited", { retry: RETRY_LATER });
      return undefined;
    });
    await sync(db, "a");
    await worker.start();
    await clock.advance(120_000);
    expect(worker.ran).toHaveLength(51);
    expect(worker.dead).toEqual([]);
    expect(await jobs(db)).toEqual([]);
    const gaps = worker.ran.slice(1).map(({ at }, index) => at - (worker.ran[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3_000);
  });

  test("and even its last try stays its last", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const worker = makeWorker(db, clock, async (_id, { lastAttempt }) => {
      expect(lastAttempt).toBe(true);
      if (worker.ran.length < 4)
        throw new GatewayError("crm_rate_limited", { retry: retryAfter(worker.ran.length * 2_000) });
      return undefined;
    });
    await sync(db, "a");
    await db.updateTable("jobs").set({ attempts: 13 }).execute();
    await worker.start();
    await clock.advance(60_000);
    expect(worker.ran.map(({ at }) => (at - FAKE_START) / 1_000)).toEqual([0, 2, 6, 12]);
    expect(worker.dead).toEqual([]);
  });
});

test("the backlog counts what waits and what runs, lane by lane", async () => {
  const db = await openTestDatabase();
  for (let i = 0; i < 5; i++) await sync(db, `n${i}`, { laneKey: "notes:1" });
  await sync(db, "later", { laneKey: "notes:2", runAt: FAKE_START + 60_000 });
  await sync(db, "general");
  await claimJobs(db, { owner: "w", now: FAKE_START, leaseMs: 1_000, roomIn: () => 2 });
  await db.updateTable("jobs").set({ state: "dead" }).where("payload", "like", "%n4%").execute();
  expect(await laneBacklog(db)).toEqual(
    new Map([
      ["notes:1", 4],
      ["notes:2", 1],
    ]),
  );
});
