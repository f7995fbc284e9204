// The pause at its narrowest: a launch that was claimed already, and a switch turned at that very moment.
import { expect, test } from "vitest";
import { findEngagement } from "../../../server/engagements/engagement.store.ts";
import { launchEngagement } from "../../../server/engagements/launch-engagement.ts";
import { claimJobs, nextDueAt } from "../../../server/queue/claim-jobs.ts";
import { enqueue } from "../../../server/queue/enqueue.ts";
import { pauseOutreach, readPause, resumeOutreach } from "../../../server/queue/outreach-pause.ts";
import { openEngagements } from "./open-engagements.ts";

const claim = async ({ db, clock }: Awaited<ReturnType<typeof openEngagements>>) =>
  (await claimJobs(db, { owner: "test", now: clock.now(), leaseMs: 60_000, roomIn: () => 16 })).map(
    ({ kind }) => kind,
  );

test("a launch waits untouched while paused, and goes out afterwards", async () => {
  const world = await openEngagements();
  const id = await world.start();
  await pauseOutreach(world.db, { by: "Olive", since: world.clock.now() });
  const before = await findEngagement(world.db, id);
  expect(await launchEngagement(world, id)).toBe("paused");
  expect(await findEngagement(world.db, id)).toEqual(before);
  expect(await resumeOutreach(world.db)).toBe(true);
  expect(await launchEngagement(world, id)).toBe("settled");
  expect(await findEngagement(world.db, id)).toMatchObject({ launch_state: "launched", launch_attempts: 1 });
});

test("paused between looking and claiming, nothing is handed over", async () => {
  const world = await openEngagements({ cool_down_minutes: 5 });
  const id = await world.start();
  // The settings are read between the two.
  const tenant = (name: string) => {
    paused ??= pauseOutreach(world.db, { by: "Olive", since: world.clock.now() });
    return world.settings.tenant(name);
  };
  let paused: Promise<boolean> | undefined;
  expect(await launchEngagement({ ...world, settings: { ...world.settings, tenant } }, id)).toBe("paused");
  expect(await paused).toBe(true);
  expect(await findEngagement(world.db, id)).toMatchObject({
    launch_state: "none",
    launch_attempts: 0,
    status: "accepted",
  });
});

test("the worker leaves launches alone while paused, and everything else is claimed", async () => {
  const world = await openEngagements();
  const { db, clock } = world;
  await enqueue(db, "launch-engagement", { engagement_id: "a" }, { now: clock.now() });
  await enqueue(db, "hand-over-chunk", { campaign_id: "c", chunk: "d" }, { now: clock.now() });
  await enqueue(
    db,
    "launch-engagement",
    { engagement_id: "later" },
    { now: clock.now(), runAt: clock.now() + 500 },
  );
  await enqueue(db, "poll-engagement", { engagement_id: "a" }, { now: clock.now() });
  await pauseOutreach(db, { by: "Olive", since: 1 });
  expect(await pauseOutreach(db, { by: "Ben", since: 2 })).toBe(false);
  expect(await readPause(db)).toEqual({ by: "Olive", since: 1 });
  expect(await claim(world)).toEqual(["poll-engagement"]);
  const span = { after: clock.now(), until: clock.now() + 1_000 };
  expect(await nextDueAt(db, span, () => 16)).toBeUndefined();
  await resumeOutreach(db);
  expect(await resumeOutreach(db)).toBe(false);
  expect(await nextDueAt(db, span, () => 16)).toBe(clock.now() + 500);
  expect((await claim(world)).toSorted()).toEqual(["hand-over-chunk", "launch-engagement"]);
});
