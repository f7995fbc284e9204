// The gateway is killed (kill -9) again and again at random moments while deliveries come in at about 200 a second: each
// event that was acknowledged is there, and each tag started its outreach once, checked id by id. CRASH_SEED repeats a
// run; WEBHOOK_KILLS sets how often it is killed (20; 200 before a release).
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import { admin, type Reachable, untilQuiet } from "../helpers/talk-to-gateway.ts";

const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.WEBHOOK_KILLS ?? 20);
const EVERY_MS = 5;
const FIRST_PERSON = 70_001;
/** One delivery in so many carries a tag that starts somebody. */
const TAG_EVERY = 40;

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
  let sending = true;
  let made = 0;
  const untilTaken = async (eventId: string, body: string): Promise<void> => {
    for (;;) {
      const answer = await postWebhook(url, "fub-test", body).catch(() => undefined);
      if (answer?.status === 200) return void acknowledged.push(eventId);
      // While it starts it may not know its brokerages yet: any answer but 2xx is tried again.
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
    stop: async () => {
      sending = false;
      await loop;
      await Promise.all(pending);
      return made;
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
    for (let kill = 0; kill < KILLS; kill++) {
      await delay(50 + next() * 700);
      await gateway.end("SIGKILL");
      gateway = await start();
    }
    const made = await sender.stop();
    expect(sender.acknowledged).toHaveLength(made);
    const at = { ...gateway, setup };
    const limitMs = 60_000 + KILLS * 1_000;
    await untilHandled(at, limitMs);
    // Work that was cut off at each of its tries is set aside, lest it be what kills the program; a person asks again.
    const failed = (await deliveriesOf(at, "failed")).map(({ id }) => id);
    expect(failed.length).toBeLessThanOrEqual(KILLS > 100 ? 200 : 0);
    if (failed.length > 0) await admin(at, "POST", "/deliveries/replay", { ids: failed });
    await untilHandled(at, limitMs);
    await untilQuiet(at, limitMs);
    await gateway.end("SIGTERM");
    await checkEachOnce(dataDir, sandbox, sender);
  },
  120_000 + KILLS * 5_000,
);

const deliveriesOf = async (at: Reachable, state: string): Promise<readonly { id: number }[]> =>
  (await admin<{ deliveries: { id: number }[] }>(at, "GET", `/deliveries?state=${state}&limit=200`)).body
    .deliveries;

const untilHandled = (at: Reachable, limitMs: number): Promise<true> =>
  waitFor(
    "the deliveries to be handled",
    async () => {
      await delay(200);
      return (await deliveriesOf(at, "waiting")).length === 0 ? true : undefined;
    },
    limitMs,
  );

async function checkEachOnce(
  dataDir: string,
  sandbox: Sandbox,
  { acknowledged, tagged }: Pick<ReturnType<typeof startSending>, "acknowledged" | "tagged">,
): Promise<void> {
  const opened = openForReading(join(dataDir, "gateway.db"));
  if (!opened) throw new Error("no database");
  const { db } = opened;
  const deliveries = await db
    .selectFrom("deliveries")
    .select(["id", "event_id", "state", "result"])
    .execute();
  const stored = new Map(deliveries.map((row) => [row.event_id, row]));
  expect(stored.size).toBe(deliveries.length);
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(deliveries.filter(({ state }) => state === "waiting" || state === "failed")).toEqual([]);
  const engagements = await db
    .selectFrom("engagements")
    .select(["id", "person_id", "delivery_id", "status", "parked_reason"])
    .execute();
  const dialled = await db
    .selectFrom("engagement_events")
    .select("engagement_id")
    .where("event", "=", "dialling")
    .execute();
  // A piece of work that was cut off at each of its fourteen tries is set aside for a person, who finds it there.
  const dead = await db
    .selectFrom("activities")
    .select("engagement_id")
    .where("state", "=", "dead")
    .execute();
  const setAside = new Set(dead.map(({ engagement_id }) => engagement_id));
  await opened.close();
  expect(engagements).toHaveLength(tagged.size);
  expect(setAside.size).toBeLessThanOrEqual(KILLS > 100 ? tagged.size / 50 : 0);
  const { calls } = sandbox.fub.account("fub-test");
  for (const [eventId, personId] of tagged) {
    const own = engagements.filter(({ person_id }) => person_id === String(personId));
    expect(own, `outreaches to ${personId}`).toMatchObject([{ status: "completed", parked_reason: null }]);
    expect(own[0]?.delivery_id).toBe(stored.get(eventId)?.id);
    expect(dialled.filter(({ engagement_id }) => engagement_id === own[0]?.id)).toHaveLength(1);
    const written = calls.filter((call) => call.personId === personId).length;
    if (setAside.has(own[0]?.id ?? "")) expect(written, `calls of ${personId}`).toBeLessThanOrEqual(1);
    else expect(written, `calls of ${personId}`).toBe(1);
  }
}
