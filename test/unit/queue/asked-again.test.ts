import { expect, test } from "vitest";
import { systemClock } from "../../../server/base/clock.ts";
import { GatewayError } from "../../../server/base/errors.ts";
import { enqueue } from "../../../server/queue/enqueue.ts";
import { createWorker, DONE } from "../../../server/queue/worker.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

test("work asked for again in the moment it is set aside is done, not lost", async () => {
  const db = await openTestDatabase();
  const ask = () =>
    enqueue(
      db,
      "sync-activity",
      { activity_id: "a" },
      { now: systemClock.now(), dedupeKey: "k", bringForward: true },
    );
  const attempts: number[] = [];
  const worker = createWorker({
    db,
    clock: systemClock,
    owner: "test",
    random: Math.random,
    run: async (_kind, _payload, { attempt }) => {
      attempts.push(attempt);
      if (attempts.length === 1) throw new GatewayError("crm_unauthorized");
      return DONE;
    },
    onDead: async () => void (await ask()),
    log: () => undefined,
  });
  await ask();
  await worker.start();
  await expect.poll(() => attempts).toEqual([1, 1]);
  await worker.stop(1_000);
  expect(await db.selectFrom("jobs").selectAll().execute()).toEqual([]);
});
