import { expect, test } from "vitest";
import { readLanes } from "../../../server/admin/read-lanes.ts";
import { accessId } from "../../../server/crm/choose-access.ts";
import type { Crm, CrmIdentity, CrmLane } from "../../../server/crm/crm.ts";
import { createKnownIdentities } from "../../../server/crm/known-identities.ts";
import { enqueue } from "../../../server/queue/enqueue.ts";
import { lanesSchema } from "../../../shared/admin-api.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const NOBODY = { interactive: 0, launch: 0, sync: 0, listing: 0 };
const FULL: CrmLane = {
  account: "7001",
  context: "notes",
  limit: 10,
  windowMs: 10_000,
  used: 10,
  waiting: 3,
  waitingBy: { ...NOBODY, sync: 3 },
  pausedUntil: null,
};

async function setUp(lanes: CrmLane[], backlog: Readonly<Record<string, number>>) {
  const [db, clock] = [await openTestDatabase(), createFakeClock()];
  const identity = { accountId: "7001", userId: "1" } as CrmIdentity;
  const crm = { lanes: () => lanes, identity: async () => identity } as Partial<Crm> as Crm;
  const identities = createKnownIdentities({ db, clock, crm });
  for (const [laneKey, jobs] of Object.entries(backlog))
    for (let i = 0; i < jobs; i++)
      await enqueue(db, "sync-activity", { activity_id: `${laneKey} ${i}` }, { now: clock.now(), laneKey });
  const secrets: Record<string, string> = { "tenant/acme/fub_api_key": "k1" };
  const settings = {
    secret: (name: string) => secrets[name],
    tenant: () => undefined,
  } as unknown as Parameters<typeof readLanes>[0]["settings"];
  const read = async () => {
    const found = await readLanes({ db, clock, crm, identities, settings });
    return lanesSchema.parse({ lanes: found }).lanes;
  };
  const learn = () => identities.learn({ id: accessId("k1"), key: "k1" }, { priority: "sync" });
  return { clock, read, learn };
}

test("a lane shows the work that waits for it and when that will be through", async () => {
  const { read } = await setUp([FULL], { "notes:7001": 120, "calls:7001": 5, "pace:acme": 9 });
  const [notes, ...others] = await read();
  expect(notes).toEqual({ ...FULL, queued_jobs: 120, eta_seconds: 120 });
  // The calls have no lane yet: nothing was sent.
  expect(others).toMatchObject([
    { account: "7001", context: "global", limit: 250, used: 0, queued_jobs: 5, eta_seconds: 0 },
  ]);
});

test("requests without a job count, and so does the silence after a 429", async () => {
  const waitingBy = { ...NOBODY, interactive: 7, sync: 3 };
  const pausedUntil = createFakeClock().now() + 30_000;
  const { read } = await setUp([{ ...FULL, waiting: 10, waitingBy, pausedUntil }], { "notes:7001": 20 });
  expect(await read()).toMatchObject([{ queued_jobs: 20, eta_seconds: 57 }]);
});

test("an idle lane has nothing to wait for, even in a silence", async () => {
  const { read } = await setUp([{ ...FULL, waiting: 0, waitingBy: NOBODY, pausedUntil: 9e12 }], {});
  expect(await read()).toMatchObject([{ queued_jobs: 0, eta_seconds: 0 }]);
});

test("work whose account was not known is counted for its key, and for the account once that is known", async () => {
  const { read, learn } = await setUp([FULL], {
    "notes:7001": 4,
    "notes:acme/tenant": 6,
    "list:gone/user:u1": 1,
  });
  const jobsOf = async () =>
    (await read()).map(({ account, context, queued_jobs }) => [account, context, queued_jobs]);
  expect(await jobsOf()).toEqual([
    ["7001", "notes", 4],
    ["gone/user:u1", "global", 1],
    [`key:${accessId("k1")}`, "notes", 6],
  ]);
  await learn();
  expect(await jobsOf()).toEqual([
    ["7001", "notes", 10],
    ["gone/user:u1", "global", 1],
  ]);
});
