// Two campaigns, one started after a review and one without, on a gateway that is killed (kill -9) twenty times: while
// it reads their lists, at the start, while it puts people in line, while it reaches them. Everybody is reached exactly
// once and the counts are right. CRASH_SEED repeats a run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { growList } from "../../server/sandbox/grow-list.ts";
import { expectAddsUp, expectOneCallEach, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { type SpawnedGateway, spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import { admin, untilQuiet } from "../helpers/talk-to-gateway.ts";

const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const PEOPLE = 350;
const PAGES = 4;

const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

async function openWorld() {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-crash-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  // What is tried here takes no time at Follow Up Boss's limits.
  sandbox.fub.options.limits.global = { registered: 20_000, unregistered: 20_000 };
  sandbox.fub.options.latencyMs = 5;
  const account = () => sandbox.fub.account("fub-test");
  const growth = { count: PEOPLE, noPhone: 0.04, duplicate: 0.03, telling: 0.06 };
  const lists = [2, 3].map((userId) =>
    growList(account(), { ...growth, listName: `List of ${userId}`, assignedTo: [userId] }),
  );
  const environment = testEnvironment(url, { SIMULATOR_SPEED: "0.02", LOG_LEVEL: "warn" });
  const setup = demoSetup(demo);
  return { sandbox, account, lists, dataDir, setup, start: () => spawnGateway(dataDir, environment) };
}
type World = Awaited<ReturnType<typeof openWorld>>;

/** One life of the gateway: what its caller asks for, as far as it comes, until `deadly` and a little after. */
async function live(
  world: World,
  deadly: (gateway: SpawnedGateway) => Promise<unknown>,
  afterMs: number,
  ask: (gateway: SpawnedGateway) => Promise<unknown>,
): Promise<void> {
  const gateway = await world.start();
  const dying = deadly(gateway);
  const asked = ask(gateway).catch((error: unknown) => {
    // The connection broke off with the kill.
    if (!(error instanceof TypeError)) throw error;
  });
  await Promise.race([dying, asked]);
  await delay(afterMs);
  await gateway.end("SIGKILL");
  await asked;
}

/** Where each campaign stood when the gateway was killed. */
function standing(dataDir: string): string[] {
  const database = new DatabaseSync(join(dataDir, "gateway.db"), { readOnly: true });
  const rows = database
    .prepare("SELECT stage, queued, will_queue, done FROM campaigns ORDER BY campaign_key")
    .all() as { stage: string; queued: number; will_queue: number; done: number }[];
  database.close();
  return rows.map(({ stage, queued, will_queue, done }) => `${stage} ${queued} of ${will_queue} ${done}`);
}

const clientOf = (world: World, gateway: SpawnedGateway, userId: number): Promise<CampaignClient> =>
  campaignClient(gateway.url, campaignQuery({ account: world.account(), userId }));

it(`killed at twenty moments (CRASH_SEED=${SEED}), everybody of two campaigns is reached exactly once`, async () => {
  const next = random(SEED);
  const world = await openWorld();
  const first = { ...(await world.start()), setup: world.setup };
  expect((await admin(first, "POST", "/setup", world.setup)).status).toBe(200);
  await first.end("SIGTERM");

  const [ann, ben] = world.lists.map(({ list }, index) => ({
    userId: index + 2,
    body: { smart_list_id: String(list.id), click_id: `click-crash-${index}`, pace: { at_once: 20 } },
    listId: list.id,
  }));
  if (!ann || !ben) throw new Error("no lists");
  const { fub } = world.sandbox;
  fub.faults.add({ path: "/people", kind: "delay", delayMs: 60, times: 1_000 });
  const pagesOf = (listId: number) =>
    fub.requests.filter(({ path, query }) => path === "/people" && query.smartListId === String(listId))
      .length;
  // When the next page of the list is about to be sent.
  const onPage = (listId: number) => () =>
    new Promise<void>((resolve) => {
      fub.onListPage = (_page, _account, { id }) => id === listId && resolve();
    });
  let kills = 0;
  const moments: string[] = [];
  const kill = async (...given: [Parameters<typeof live>[1], number, Parameters<typeof live>[3]]) => {
    kills += 1;
    await live(world, ...given);
    for (const moment of standing(world.dataDir)) moments.push(moment);
  };

  // While the list is reviewed.
  const review = async (gateway: SpawnedGateway) =>
    (await clientOf(world, gateway, ann.userId)).preflight({ ...ann.body, wait_seconds: 20 });
  for (let n = 0; n < 3; n++) await kill(onPage(ann.listId), next() * 40, review);
  // At the start and while its people are put in line.
  for (let n = 0; n < 4; n++) {
    let asked = (): void => undefined;
    const sent = new Promise<void>((resolve) => {
      asked = resolve;
    });
    await kill(
      () => sent,
      next() * 60,
      async (gateway) => {
        const client = await clientOf(world, gateway, ann.userId);
        await client.preflight({ ...ann.body, wait_seconds: 20 });
        asked();
        await client.start(ann.body);
      },
    );
  }
  // While the other list is read and put in line at once; the first campaign goes on meanwhile.
  const begin = async (gateway: SpawnedGateway) =>
    (await clientOf(world, gateway, ben.userId)).start(ben.body);
  for (let n = 0; n < 3; n++) await kill(onPage(ben.listId), next() * 40, begin);
  // While both reach their people.
  const calls = () => world.account().calls.length;
  while (kills < 20) {
    const enough = calls() + 5 + next() * 25;
    const both = async (gateway: SpawnedGateway) => {
      await (await clientOf(world, gateway, ann.userId)).start(ann.body);
      await begin(gateway);
    };
    await kill(
      () => waitFor("calls", () => calls() >= Math.min(enough, 640) || undefined),
      next() * 50,
      both,
    );
  }

  for (const stage of ["reading", "reading_and_queueing", "queued"])
    expect(moments.filter((moment) => moment.startsWith(`${stage} `)).length, stage).toBeGreaterThan(2);
  const last = { ...(await world.start()), setup: world.setup };
  for (const { userId, body, listId } of [ann, ben]) {
    const client = await clientOf(world, last, userId);
    const { body: started } = await client.start(body);
    const over = await client.until(started.batch_id, isOver, 30_000);
    expect(over).toMatchObject({ status: "completed", total: PEOPLE, message: null, list_changes: null });
    expectAddsUp(over);
    await untilQuiet(last, 30_000);
    const stored = storedOutreaches(world.dataDir, started.batch_id);
    expect(stored).toHaveLength(over.queued_calls);
    expect(new Set(stored.map(({ person_id }) => person_id)).size).toBe(stored.length);
    expect(new Set(stored.map(({ contact }) => contact)).size).toBe(stored.length);
    expect(stored.filter(({ dialled, status }) => dialled !== 1 || status !== "completed")).toEqual([]);
    expectOneCallEach(
      world.account(),
      stored.map(({ person_id }) => ({ id: Number(person_id) })),
    );
    expect(pagesOf(listId)).toBeLessThanOrEqual(PAGES + 7 * 2);
  }
  expect(world.account().calls).toHaveLength(
    new Set(world.account().calls.map(({ personId }) => personId)).size,
  );
  await last.end("SIGTERM");
}, 120_000);
