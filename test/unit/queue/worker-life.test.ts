import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../../server/base/clock.ts";
import { GatewayError, RETRY_LATER } from "../../../server/base/errors.ts";
import type { Db } from "../../../server/db/schema.ts";
import { claimJobs } from "../../../server/queue/claim-jobs.ts";
import { enqueue } from "../../../server/queue/enqueue.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { makeWorker } from "./start-worker.ts";

const sync = (db: Db, id: string, groupKey?: string) =>
  enqueue(db, "sync-activity", { activity_id: id }, { now: FAKE_START, ...(groupKey ? { groupKey } : {}) });
const jobs = (db: Db) => db.selectFrom("jobs").selectAll().orderBy("id").execute();

async function until(met: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await met())) {
    if (performance.now() > end) throw new Error("it did not come to that in time");
    await delay(5);
  }
}

describe("after a process is gone", () => {
  const claimElsewhere = (db: Db) =>
    claimJobs(db, { owner: "gone", now: FAKE_START, leaseMs: 86_400_000, roomIn: () => 10 });

  test("what it held is free at the next start, whatever its lease says", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    await sync(db, "a");
    await claimElsewhere(db);
    const worker = makeWorker(db, clock, async () => undefined);
    await worker.start();
    await clock.settle();
    expect(worker.ran).toMatchObject([{ id: "a", attempt: 1 }]);
    expect(await jobs(db)).toEqual([]);
  });

  test("a job the end of whose tries could never be saved is set aside in the end", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    await enqueue(db, "launch-engagement", { engagement_id: "e" }, { now: FAKE_START });
    for (let start = 0; start < 6; start++) {
      await claimElsewhere(db);
      await db.updateTable("jobs").set({ state: "ready", lease_owner: null, lease_until: null }).execute();
    }
    const worker = makeWorker(db, clock, async () => undefined);
    await worker.start();
    await clock.settle();
    expect(worker.ran).toEqual([]);
    expect(worker.dead).toMatchObject([{ payload: { engagement_id: "e" } }]);
    expect(await jobs(db)).toMatchObject([{ state: "dead" }]);
  });
});

test("a job that runs for hours keeps its lease; one that could not be settled loses it and runs again", async () => {
  const [db, clock] = [await openTestDatabase(), createFakeClock()];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const worker = makeWorker(db, clock, async (id) => {
    if (id === "long") await held;
    // The row changes hands under it, as if settling had failed.
    else if (worker.ran.filter((ran) => ran.id === "lost").length === 1)
      await db
        .updateTable("jobs")
        .set({ lease_owner: "nobody" })
        .where("payload", "like", "%lost%")
        .execute();
    return undefined;
  });
  await sync(db, "long");
  await sync(db, "lost");
  await worker.start();
  await clock.advance(3_600_000);
  expect(worker.ran.filter(({ id }) => id === "long")).toHaveLength(1);
  expect(worker.ran.filter(({ id }) => id === "lost").map(({ attempt }) => attempt)).toEqual([1, 2]);
  release();
  await clock.settle();
  expect(await jobs(db)).toEqual([]);
});

describe("stopping", () => {
  test("takes nothing new and waits for what runs", async () => {
    const db = await openTestDatabase();
    const worker = makeWorker(db, systemClock, async () => void (await delay(100)), 1);
    await sync(db, "a");
    await sync(db, "b");
    await worker.start();
    await until(() => worker.ran.length === 1);
    await worker.stop(5_000);
    expect(worker.ran.map(({ id }) => id)).toEqual(["a"]);
    expect(worker.running()).toBe(0);
    expect((await jobs(db)).map(({ payload, attempts }) => [payload, attempts])).toEqual([
      ['{"activity_id":"b"}', 0],
    ]);
  });

  test("aborts what takes too long and gives it back without counting the try", async () => {
    const db = await openTestDatabase();
    const worker = makeWorker(db, systemClock, async (_id, { signal }) => {
      await delay(600_000, undefined, { signal });
      return undefined;
    });
    await sync(db, "a");
    await worker.start();
    await until(() => worker.ran.length === 1);
    await worker.stop(50);
    expect(await jobs(db)).toMatchObject([{ state: "ready", attempts: 0, lease_owner: null }]);
    expect(worker.dead).toEqual([]);
  });

  test("does not hang on a job that hears no signal; the next start frees it", async () => {
    const db = await openTestDatabase();
    const clock = createFakeClock();
    const deaf = makeWorker(db, clock, () => new Promise(() => undefined));
    await sync(db, "a");
    await deaf.start();
    await clock.settle();
    const stopped = deaf.stop(1_000);
    await clock.advance(3_000);
    await stopped;
    expect(await jobs(db)).toMatchObject([{ state: "running", attempts: 1 }]);
    const next = makeWorker(db, clock, async () => undefined);
    await next.start();
    await clock.settle();
    expect(next.ran).toMatchObject([{ id: "a", attempt: 1 }]);
  });
});

test("a nudge starts work far sooner than the next beat", async () => {
  const db = await openTestDatabase();
  const worker = makeWorker(db, systemClock, async () => undefined);
  await worker.start();
  const waits: number[] = [];
  for (let turn = 0; turn < 15; turn++) {
    await delay(20);
    const asked = performance.now();
    await sync(db, `${turn}`);
    worker.nudge();
    await until(() => worker.ran.length === turn + 1);
    waits.push(performance.now() - asked);
  }
  expect(waits.toSorted((a, b) => a - b)[7]).toBeLessThan(150);
});

describe("many jobs side by side", () => {
  async function runAll(db: Db, groups: readonly (string | undefined)[], concurrency: number, flaky: number) {
    const inGroup = new Map<string, number>();
    let [together, most] = [0, 0];
    const overlaps: string[] = [];
    const worker = makeWorker(
      db,
      // Backing off takes no time here.
      { ...systemClock, now: () => FAKE_START + 86_400_000 + Math.floor(performance.now() * 10_000) },
      async (id, { attempt }) => {
        const group = groups[Number(id)] ?? id;
        if ((inGroup.get(group) ?? 0) > 0) overlaps.push(group);
        inGroup.set(group, (inGroup.get(group) ?? 0) + 1);
        most = Math.max(most, ++together);
        await delay(Number(id) % 3 === 0 ? 1 : 0);
        together--;
        inGroup.set(group, (inGroup.get(group) ?? 0) - 1);
        if (flaky > 0 && Number(id) % flaky === 0 && attempt === 1)
          throw new GatewayError("crm_unavailable", { retry: RETRY_LATER });
        return undefined;
      },
      concurrency,
    );
    await db.transaction().execute(async (trx) => {
      for (const [index, group] of groups.entries())
        await enqueue(
          trx,
          "sync-activity",
          { activity_id: `${index}` },
          { now: FAKE_START, ...(group ? { groupKey: group } : {}) },
        );
    });
    await worker.start();
    await until(async () => (await jobs(db)).length === 0, 25_000);
    await worker.stop(1_000);
    return { ran: worker.ran, overlaps, most };
  }

  test("a thousand jobs each run exactly once", async () => {
    const groups = Array.from({ length: 1_000 }, (_, index) =>
      index % 4 === 0 ? undefined : `g${index % 70}`,
    );
    const { ran, overlaps, most } = await runAll(await openTestDatabase(), groups, 16, 0);
    expect(ran).toHaveLength(1_000);
    expect(new Set(ran.map(({ id }) => id)).size).toBe(1_000);
    expect(overlaps).toEqual([]);
    expect(most).toBeGreaterThan(8);
    expect(most).toBeLessThanOrEqual(16);
  });

  test("in any mix of groups and failures all finish, groups one at a time and in their order", async () => {
    const mix = fc.record({
      groups: fc.array(fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }), {
        minLength: 1,
        maxLength: 40,
      }),
      concurrency: fc.integer({ min: 1, max: 8 }),
      flaky: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(mix, async ({ groups, concurrency, flaky }) => {
        const { ran, overlaps } = await runAll(await openTestDatabase(), groups, concurrency, flaky);
        expect(overlaps).toEqual([]);
        for (const [index] of groups.entries()) {
          const tries = ran.filter(({ id }) => id === `${index}`).length;
          expect(tries).toBe(flaky > 0 && index % flaky === 0 ? 2 : 1);
        }
        for (const group of ["a", "b", "c"]) {
          const order = ran.filter(({ id }) => groups[Number(id)] === group).map(({ id }) => Number(id));
          expect(order).toEqual(order.toSorted((left, right) => left - right));
        }
      }),
      { numRuns: 15 },
    );
  });
});
