// The gateway is killed (kill -9) again and again at random moments, while it starts too, and deliveries come in at about
// 200 a second: each event that was acknowledged is there, each tag started its outreach once and has its one call in
// the CRM, checked id by id, and however often it was killed nothing was given up. CRASH_SEED repeats a run;
// WEBHOOK_KILLS sets how often it is killed (12; 200 before a release).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { openForReading } from "../../server/db/open-for-reading.ts";
import { buildPerson, buildPhone } from "../../server/sandbox/build-account.ts";
import { createSandbox, type Sandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { type SpawnedGateway, spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import { admin, type Reachable, statusOf } from "../helpers/talk-to-gateway.ts";

const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.WEBHOOK_KILLS ?? 12);
const EVERY_MS = 5;
/** Deliveries on their way at once; a machine lends a program so many sockets and no more. */
const AT_ONCE = 150;
const FIRST_PERSON = 70_001;
/** One delivery in so many carries a tag that starts somebody. */
const TAG_EVERY = 40;
/** One kill in so many comes before the gateway is ready. */
const EARLY_EVERY = 4;

const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Sends like Follow Up Boss: one delivery after the other, each until somebody takes it. */
function startSending(url: string, sandbox: Sandbox) {
  const acknowledged: string[] = [];
  const tagged = new Map<string, number>();
  const pending = new Set<Promise<void>>();
  let reachable = Promise.withResolvers<void>();
  reachable.resolve();
  let sending = true;
  let made = 0;
  const places = createPlaces(AT_ONCE);
  const post = async (body: string): Promise<number | undefined> => {
    await places.take();
    const answer = await postWebhook(url, "fub-test", body).catch(() => undefined);
    places.give();
    return answer?.status;
  };
  const untilTaken = async (eventId: string, body: string): Promise<void> => {
    for (;;) {
      if ((await post(body)) === 200) return void acknowledged.push(eventId);
      // While it starts it may not know its brokerages yet: any answer but 2xx is tried again.
      // Thousands knocking at a door that is closed would keep the pretend Follow Up Boss beside them from answering.
      await reachable.promise;
      await delay(40 + (made % 40));
    }
  };
  const one = (): void => {
    const eventId = `crash-${SEED}-${made}`;
    const personId = FIRST_PERSON + made / TAG_EVERY;
    const withTag = Number.isInteger(personId);
    if (withTag) {
      tagged.set(eventId, personId);
      addPerson(sandbox, personId);
    }
    const body = withTag
      ? deliveryBody("peopleTagsCreated", [personId], { eventId, data: { tags: ["Aventora Call"] } })
      : deliveryBody(made % 3 === 0 ? "peopleUpdated" : "notesCreated", [made + 1], { eventId });
    made += 1;
    const work = untilTaken(eventId, body);
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  const loop = (async () => {
    const started = performance.now();
    while (sending) {
      while (made < (performance.now() - started) / EVERY_MS) one();
      await delay(EVERY_MS);
    }
  })();
  return {
    acknowledged,
    tagged,
    /** Nobody is there: what is new still tries, the others wait. */
    pause: () => {
      reachable = Promise.withResolvers();
    },
    resume: () => reachable.resolve(),
    stop: async () => {
      sending = false;
      await loop;
      await Promise.all(pending);
      return made;
    },
  };
}

function createPlaces(most: number) {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    take: async (): Promise<void> => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    give: (): void => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}

function addPerson(sandbox: Sandbox, id: number): void {
  // Endings that are answered: a person's last two digits decide how the simulated call ends.
  const number = `+1416${String(3_000_000 + (id - FIRST_PERSON) * 100 + 50)}`;
  sandbox.fub.account("fub-test").people.push(
    buildPerson({
      id,
      firstName: "Crash",
      lastName: String(id),
      tags: ["Aventora Call"],
      phones: [buildPhone(number)],
    }),
  );
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === "object" ? address?.port : 0);
}

it(
  `killed ${KILLS} times under 200 deliveries/s (CRASH_SEED=${SEED}), nothing acknowledged is lost, nobody is reached twice`,
  async () => {
    const next = random(SEED);
    const demo = demoWorld();
    const sandbox = createSandbox({ accounts: demo.accounts });
    const crm = await sandbox.listen(0);
    // Follow Up Boss's own pace is not what is tried here.
    sandbox.fub.options.limits.global = { registered: 20_000, unregistered: 20_000 };
    const dataDir = mkdtempSync(join(tmpdir(), "gateway-webhook-crash-"));
    onTestFinished(async () => {
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const setup = demoSetup(demo);
    const environment = testEnvironment(crm.url, { LOG_LEVEL: "warn", PORT: await freePort() });
    const start = (): Promise<SpawnedGateway> => spawnGateway(dataDir, environment);
    let gateway = await start();
    const applied = await admin({ ...gateway, setup }, "POST", "/setup", setup);
    expect(applied.status).toBe(200);
    const sender = startSending(gateway.url, sandbox);
    for (let kill = 1; kill <= KILLS; kill++) {
      await delay(next() * 750);
      const killed = gateway.end("SIGKILL");
      sender.pause();
      await killed;
      if (kill % EARLY_EVERY === 0 && kill < KILLS) {
        await killWhileStarting(dataDir, environment, next() * 750);
        kill += 1;
      }
      gateway = await start();
      sender.resume();
    }
    const made = await sender.stop();
    expect(sender.acknowledged).toHaveLength(made);
    const at = { ...gateway, setup };
    await untilNothingWaits(at, 120_000 + KILLS * 2_000);
    await gateway.end("SIGTERM");
    await checkEachOnce(dataDir, sandbox, sender);
  },
  240_000 + KILLS * 10_000,
);

async function killWhileStarting(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
  afterMs: number,
): Promise<void> {
  const root = resolve(import.meta.dirname, "../..");
  const child = spawn(resolve(root, "node_modules/.bin/node"), ["main/cli.js", "serve"], {
    cwd: root,
    stdio: "ignore",
    env: { PATH: process.env.PATH, ADMIN_PORT: "0", GATEWAY_DATA_DIR: dataDir, ...environment },
  });
  const ended = once(child, "exit");
  await delay(afterMs);
  child.kill("SIGKILL");
  await ended;
}

/** A job in line counts as well: what it leads to would otherwise be cut off by the end of the test. */
const untilNothingWaits = (at: Reachable, limitMs: number): Promise<true> =>
  waitFor(
    "the last job",
    async () => {
      await delay(200);
      const { queue } = await statusOf(at);
      return queue.waiting + queue.running === 0 ? true : undefined;
    },
    limitMs,
  );

async function readEnd(dataDir: string) {
  const opened = openForReading(join(dataDir, "gateway.db"));
  if (!opened) throw new Error("no database");
  const { db } = opened;
  const end = {
    deliveries: await db.selectFrom("deliveries").select(["id", "event_id", "state", "result"]).execute(),
    engagements: await db
      .selectFrom("engagements")
      .select(["id", "person_id", "delivery_id", "status", "parked_reason"])
      .execute(),
    dialled: await db
      .selectFrom("engagement_events")
      .select("engagement_id")
      .where("event", "=", "dialling")
      .execute(),
    activities: await db.selectFrom("activities").select(["engagement_id", "state", "crm_id"]).execute(),
    dead: await db.selectFrom("jobs").selectAll().where("state", "=", "dead").execute(),
  };
  await opened.close();
  return end;
}

async function checkEachOnce(
  dataDir: string,
  sandbox: Sandbox,
  { acknowledged, tagged }: Pick<ReturnType<typeof startSending>, "acknowledged" | "tagged">,
): Promise<void> {
  const { deliveries, engagements, dialled, activities, dead } = await readEnd(dataDir);
  expect(dead).toEqual([]);
  const stored = new Map(deliveries.map((row) => [row.event_id, row]));
  expect(stored.size).toBe(deliveries.length);
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(deliveries.filter(({ state }) => state === "waiting" || state === "failed")).toEqual([]);
  expect(engagements).toHaveLength(tagged.size);
  expect(activities).toHaveLength(tagged.size);
  const ofPerson = Map.groupBy(engagements, (row) => row.person_id);
  const dialledOf = Map.groupBy(dialled, (row) => row.engagement_id);
  const activitiesOf = Map.groupBy(activities, (row) => row.engagement_id);
  const { calls } = sandbox.fub.account("fub-test");
  expect(calls).toHaveLength(tagged.size);
  for (const [eventId, personId] of tagged) {
    const own = ofPerson.get(String(personId)) ?? [];
    expect(own, `outreaches to ${personId}`).toMatchObject([{ status: "completed", parked_reason: null }]);
    const id = own[0]?.id ?? "";
    expect(own[0]?.delivery_id).toBe(stored.get(eventId)?.id);
    expect(dialledOf.get(id), `dialled for ${personId}`).toHaveLength(1);
    const written = calls.filter((call) => call.personId === personId);
    expect(written, `calls of ${personId}`).toHaveLength(1);
    expect(activitiesOf.get(id), `records of ${personId}`).toEqual([
      { engagement_id: id, state: "written", crm_id: String(written[0]?.id) },
    ]);
  }
}
