// The gateway is killed (kill -9) in the middle of ten running outreaches and started again on the same folder: each
// ends once with one record, whatever it was doing. CRASH_SEED repeats a run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox, type Sandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { HUB_KEY } from "../../server/sandbox/hub/create-hub-world.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { type SpawnedGateway, spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import {
  admin,
  integratorKey,
  listed,
  type Reachable,
  readOutreach,
  untilCrm,
  untilOver,
} from "../helpers/talk-to-gateway.ts";

const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const ROUNDS = 10;
/** Longer than a call and its record take at this speed. */
const SPREAD_MS = 1_800;
const SPEED = "0.05";

interface World {
  readonly sandbox: Sandbox;
  readonly setup: Setup;
  start(environment?: Record<string, string>): Promise<SpawnedGateway & Reachable>;
}

async function openWorld(
  change: (setup: Setup, sandboxUrl: string) => Setup = (same) => same,
): Promise<World> {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-crash-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  sandbox.fub.options.limits.notes = null;
  const setup = change(demoSetup(demo), url);
  const environment = testEnvironment(url, { SIMULATOR_SPEED: SPEED, LOG_LEVEL: "warn" });
  return {
    sandbox,
    setup,
    start: async (more = {}) => {
      const gateway = { ...(await spawnGateway(dataDir, { ...environment, ...more })), setup };
      const applied = await admin(gateway, "POST", "/setup", setup);
      if (applied.status !== 200) throw new Error(JSON.stringify(applied.body));
      return gateway;
    },
  };
}

/** Ten people of their own: calls, dialogues and an e-mail. */
const ORDERS = Array.from({ length: 10 }, (_, index) => ({
  channel:
    ["phone", "sms", "wvoice", "chat", "phone", "wmsg", "phone", "email", "phone", "sms"][index] ?? "phone",
  phone_number: `+1905555${String(1130 + index)}`,
  email_address: `person${index}@crash.example`,
  instruction: `Order ${index}.`,
}));

/** The acknowledged id; undefined when no answer came. */
async function order(at: Reachable, index: number, round: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${at.url}/integration/start`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${integratorKey(at)}`,
        "content-type": "application/json",
        "idempotency-key": `${round}-${index}`,
      },
      body: JSON.stringify({ domain_name: "fub-test", type: "informational", ...ORDERS[index] }),
    });
    expect(response.status).toBe(202);
    return ((await response.json()) as { engagement_id: string }).engagement_id;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Everything written about one order, by the person's number or address. */
function recordsOf(sandbox: Sandbox, index: number): { calls: number; rows: string[]; people: number } {
  const { people, calls, notes } = sandbox.fub.account("fub-test");
  const wanted = ORDERS[index];
  const own = people.filter(
    (person) =>
      person.phones.some(({ value }) => value === wanted?.phone_number) ||
      person.emails.some(({ value }) => value === wanted?.email_address),
  );
  const ids = own.map(({ id }) => id);
  return {
    people: own.length,
    calls: calls.filter(({ personId }) => ids.includes(personId)).length,
    rows: notes
      .filter(({ personId }) => ids.includes(personId))
      .flatMap(({ body }) =>
        [...body.matchAll(/(?:Outbound|Inbound): (.*)/g)].map((match) => match[1] ?? ""),
      ),
  };
}

async function expectEachOnce(at: Reachable, sandbox: Sandbox, ids: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries()) {
    const ended = await untilOver(at, id, 30_000);
    await untilCrm(at, id, "written", 30_000);
    const voice = ["phone", "wvoice"].includes(ended.channel);
    const records = recordsOf(sandbox, index);
    expect(records, `order ${index} (${ended.channel}), ${id}`).toEqual({
      people: 1,
      calls: voice ? 1 : 0,
      rows: voice ? [] : ended.transcript.map(({ text }) => text),
    });
    expect(ended.history.filter(({ event }) => event === "dialling" || event === "sent")).toHaveLength(1);
    expect(ended.parked_reason).toBeUndefined();
  }
}

const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Returns how many requests to Follow Up Boss were stored and not answered when it was killed. */
async function crashRound(round: number): Promise<number> {
  const next = random(SEED + round * 7_919);
  const killAt = ((round + next()) / ROUNDS) * SPREAD_MS;
  const world = await openWorld();
  const hangs = round % 2 === 0;
  if (hangs)
    for (const path of ["/calls", "/notes", "/events"])
      world.sandbox.fub.faults.add({ method: "POST", path, kind: "timeout-after-storing", times: 2 });
  const first = await world.start();
  const answers = ORDERS.map((_, index) => order(first, index, `r${round}`));
  await delay(killAt);
  await first.end("SIGKILL");
  const acknowledged = await Promise.all(answers);
  const unanswered = world.sandbox.fub.requests.filter(({ fault }) => fault !== null).length;
  world.sandbox.fub.faults.clear();
  const second = await world.start();
  await delay(next() * 600);
  await second.end("SIGKILL");
  const third = await world.start();
  for (const id of acknowledged) if (id) expect((await readOutreach(third, id)).engagement_id).toBe(id);
  const ids = await Promise.all(ORDERS.map((_, index) => order(third, index, `r${round}`)));
  for (const [index, id] of acknowledged.entries()) if (id) expect(ids[index]).toBe(id);
  await expectEachOnce(third, world.sandbox, ids as string[]);
  expect((await listed(third, "limit=100")).engagements).toHaveLength(ORDERS.length);
  await third.end("SIGKILL");
  return unanswered;
}

it(`killed at any moment (CRASH_SEED=${SEED}), each outreach ends once with one record`, async () => {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  let unanswered = 0;
  for (const batch of [rounds.slice(0, 5), rounds.slice(5)]) {
    const results = await Promise.allSettled(batch.map(crashRound));
    const failed = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as unknown] : [],
    );
    if (failed.length > 0) throw failed[0];
    for (const result of results) unanswered += result.status === "fulfilled" ? result.value : 0;
  }
  expect(unanswered).toBeGreaterThan(0);
}, 180_000);

it("killed while the Hub had not answered a start, it is set aside and not started again", async () => {
  const world = await openWorld((setup, url) => ({
    ...setup,
    tenants: (setup.tenants ?? []).map((tenant) => ({
      ...tenant,
      channels: { ...tenant.channels, phone: "hub" },
      // The spawned gateway has this machine's clock; tests run at any hour.
      contact_hours: "never",
      hub_url: `${url}/hub`,
      hub_api_key: HUB_KEY,
    })),
  }));
  world.sandbox.hub.behaviour = { startTimesOut: true };
  const first = await world.start();
  const id = (await order(first, 0, "hub")) ?? "";
  await waitFor("the start to reach the Hub", () => world.sandbox.hub.starts[0]);
  await first.end("SIGKILL");
  const second = await world.start();
  const parked = await waitFor("it to be parked", async () => {
    const row = await readOutreach(second, id);
    return row.parked_reason === undefined ? undefined : row;
  });
  expect(parked.parked_reason).toContain("not known whether it was started");
  await delay(1_500);
  expect(world.sandbox.hub.starts).toHaveLength(1);
  expect((await readOutreach(second, id)).status).toBe("paused");
  await second.end("SIGKILL");
});

it("told to stop, it lets go of what hangs, ends cleanly, and goes on after the next start", async () => {
  const world = await openWorld();
  world.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "timeout-after-storing", times: 1 });
  const first = await world.start({ SIMULATOR_SPEED: "0.2" });
  const ids = (await Promise.all(ORDERS.map((_, index) => order(first, index, "term")))) as string[];
  await waitFor("a call to be on its way", () =>
    world.sandbox.fub.requests.find(({ method, path }) => method === "POST" && path === "/calls"),
  );
  expect(await first.end("SIGTERM")).toEqual({ code: 0, signal: null });
  expect(first.printed).toHaveLength(1);
  expect(first.logLines.filter((line) => line.includes('"level":50'))).toEqual([]);
  const second = await world.start();
  await expectEachOnce(second, world.sandbox, ids);
  expect(await second.end("SIGTERM")).toEqual({ code: 0, signal: null });
}, 60_000);
