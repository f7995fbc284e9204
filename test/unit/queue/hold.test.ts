// While the computer goes to sleep the worker takes nothing new; what runs is left alone.
import { expect, test } from "vitest";
import { enqueue } from "../../../server/queue/enqueue.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { makeWorker } from "./start-worker.ts";

test("held, it finishes what runs and claims nothing, however often it is nudged; released, it goes on", async () => {
  const [db, clock] = [await openTestDatabase(), createFakeClock()];
  let finish: () => void = () => undefined;
  const running = new Promise<undefined>((done) => {
    finish = () => done(undefined);
  });
  const add = (id: string) => enqueue(db, "sync-activity", { activity_id: id }, { now: clock.now() });
  const worker = makeWorker(db, clock, (id) => (id === "runs" ? running : Promise.resolve(undefined)));
  await add("runs");
  await worker.start();
  await clock.settle();
  worker.hold();
  await add("waits");
  worker.nudge();
  await clock.advance(30_000);
  expect(worker.ran.map(({ id }) => id)).toEqual(["runs"]);
  expect(worker.running()).toBe(1);
  finish();
  await clock.advance(5_000);
  expect(worker.running()).toBe(0);
  expect(worker.ran.map(({ id }) => id)).toEqual(["runs"]);
  worker.release();
  await clock.settle();
  expect(worker.ran.map(({ id }) => id)).toEqual(["runs", "waits"]);
});
