// Writing at the speed Follow Up Boss allows: ten notes in ten seconds, none refused, in order, and the console knows
// when it will be done. Gateway and sandbox share a clock that runs faster than ours.
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../server/base/clock.ts";
import { createFollowUpBoss } from "../../server/crm/followupboss/create-followupboss.ts";
import { buildPerson, buildPhone } from "../../server/sandbox/build-account.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { SANDBOX_SYSTEM } from "../../server/sandbox/fub/create-fub-world.ts";
import { type Lanes, lanesSchema } from "../../shared/admin-api.ts";
import { openSigned, waitFor } from "../helpers/embed-client.ts";
import { createFastClock } from "../helpers/fast-clock.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, startOutreach, statusOf, untilOver, untilQuiet } from "../helpers/talk-to-gateway.ts";

/** Notes of the long run: GATEWAY_TEST_NOTES=1000 for what the issue asks, in about 70 s. */
const NOTES = Number(process.env.GATEWAY_TEST_NOTES ?? 250);
// Faster, and a busy machine would be seen as a slow gateway.
const SPEED = 15;

let world: TestWorld;
afterEach(async () => {
  // Notes that wait for their turn would hold the end up as long as it may take.
  await world.gateway.stop(100);
  await world.close();
});

const numberOf = (index: number): string => `+1416${2_000_010 + Math.floor(index / 80) * 100 + (index % 80)}`;
const account = (domain = "fub-test") => world.sandbox.fub.account(domain);
const noteRequests = (domain = "fub-test") =>
  world.sandbox.fub.requests.filter(
    (one) => one.method === "POST" && one.path === "/notes" && one.domain === domain,
  );

/** A gateway whose account has this many people with a number, ids from 10,000. */
async function open(people: number, speed: number): Promise<void> {
  const clock = createFastClock(speed);
  const demo = demoWorld();
  for (const { people: known } of demo.accounts)
    for (let index = 0; index < people; index++)
      known.push(
        buildPerson({
          id: 10_000 + index,
          firstName: "Pat",
          lastName: `No. ${index}`,
          phones: [buildPhone(numberOf(index))],
        }),
      );
  world = await startTestWorld({
    clock,
    world: demo,
    setup: (setup) => ({ ...setup, platform: { ...setup.platform, integrator_requests_per_minute: 10_000 } }),
  });
  world.sandbox.fub.clock = clock;
}

const text = (index: number, instruction: string, more: object = {}, tenant?: string): Promise<string> =>
  startOutreach(
    world,
    {
      phone_number: numberOf(index),
      channel: "sms",
      instruction,
      source_system: "followupboss",
      source_record_id: String(10_000 + index),
      ...more,
    },
    tenant,
  );

async function lanes(): Promise<Lanes["lanes"]> {
  return lanesSchema.parse((await admin<unknown>(world, "GET", "/lanes")).body).lanes;
}

async function notesLane(accountId = "7001"): Promise<Lanes["lanes"][number]> {
  const found = (await lanes()).find((lane) => lane.account === accountId && lane.context === "notes");
  if (!found) throw new Error(`no notes lane of ${accountId}`);
  return found;
}

const now = (): number => world.sandbox.fub.clock.now();

it(`${NOTES} conversations become as many notes at a note a second, none refused, in order, as foretold`, async () => {
  await open(NOTES / 2, SPEED);
  for (const turn of ["First.", "Second."])
    for (let from = 0; from < NOTES / 2; from += 10)
      await Promise.all(
        Array.from({ length: Math.min(10, NOTES / 2 - from) }, (_, index) => text(from + index, turn)),
      );
  // What is not over yet has nothing to be written, and is in no estimate.
  await waitFor(
    "all to wait for their turn",
    async () => {
      const written = account().notes.length;
      return (written > 0 && (await notesLane()).queued_jobs + written >= NOTES) || undefined;
    },
    60_000,
  );
  const asked: { at: number; seconds: number }[] = [];
  const askEta = async (written: number): Promise<void> => {
    await waitFor("notes to be written", async () => account().notes.length >= written || undefined, 120_000);
    const lane = await notesLane();
    expect(lane).toMatchObject({ limit: 10, windowMs: 10_000, pausedUntil: null });
    asked.push({ at: now(), seconds: lane.eta_seconds });
  };
  await askEta(account().notes.length);
  await askEta(NOTES / 2);
  await waitFor("all notes", async () => account().notes.length >= NOTES || undefined, 120_000);
  await untilQuiet(world);

  const sent = noteRequests();
  expect(sent.filter(({ status }) => status === 429)).toEqual([]);
  expect(world.sandbox.fub.violations).toBe(0);
  expect(sent).toHaveLength(NOTES);
  const [first, last] = [sent[0]?.at ?? 0, sent.at(-1)?.at ?? 0];
  const took = (last - first) / 1000;
  console.log(
    `${NOTES} notes took ${took.toFixed(1)} s of Follow Up Boss's time; foretold ${asked
      .map(({ at, seconds }) => `${seconds} s when it were ${((last - at) / 1000).toFixed(1)} s`)
      .join(", ")}`,
  );
  expect(took).toBeLessThanOrEqual(NOTES * 1.3);
  for (const { at, seconds } of asked) {
    const real = (last - at) / 1000;
    expect(Math.abs(seconds - real) / real).toBeLessThan(0.3);
  }
  for (let index = 0; index < NOTES / 2; index++) {
    const bodies = account()
      .notes.filter(({ personId }) => personId === 10_000 + index)
      .map(({ body }) => (body.includes("First.") ? 1 : 2));
    expect(bodies).toEqual([1, 2]);
  }
  const status = await statusOf(world);
  expect([status.queue.dead, status.today.activities_dead]).toEqual([0, 0]);
  expect(await notesLane()).toMatchObject({ queued_jobs: 0, eta_seconds: 0, waiting: 0 });
}, 180_000);

describe("while 60 notes wait for their turn", () => {
  const fill = async (tenant?: string, more: object = {}): Promise<void> => {
    await Promise.all(Array.from({ length: 60 }, (_, index) => text(index, "Hello.", more, tenant)));
    await waitFor("the lane to be full", async () => noteRequests().length >= 10 || undefined);
  };

  it("a call starts, is over and stands in Follow Up Boss at once", async () => {
    await open(60, 1);
    await fill();
    const id = await startOutreach(world, { phone_number: "6475550131" });
    await untilOver(world, id);
    await waitFor("the call record", async () => account().calls.length > 0 || undefined);
    const lane = await notesLane();
    expect(lane.queued_jobs).toBeGreaterThan(40);
    expect(lane.waiting).toBeLessThanOrEqual(3);
    expect(lane.waitingBy).toEqual({ interactive: 0, launch: 0, sync: lane.waiting, listing: 0 });
    expect(lane.eta_seconds).toBeGreaterThan(40);
  });

  it("another account's notes are written at once", async () => {
    await open(60, 1);
    await fill();
    const agent = { external_user_id: "cara" };
    for (const index of [1, 2, 3]) await text(index, "Hello.", agent, "fub-solo");
    await waitFor("Cara's notes", async () => account("solo-cara").notes.length === 3 || undefined);
    expect((await notesLane()).queued_jobs).toBeGreaterThan(0);
    expect(await notesLane("7002")).toMatchObject({ used: 3, queued_jobs: 0, eta_seconds: 0 });
  });

  it("a page opens at once", async () => {
    await open(60, 1);
    await fill();
    const page = await openSigned(world.url, { account: account(), userId: 2, personId: 107 });
    expect(page.model.state).toBe("ready");
    expect((await notesLane()).queued_jobs).toBeGreaterThan(0);
  });
});

it("what waits out a 429 is counted, the silence is in the estimate, and none of it dies", async () => {
  await open(20, 1);
  world.sandbox.fub.faults.add({ times: 1, method: "POST", path: "/notes", kind: "429", retryAfter: 600 });
  await text(0, "Hello.");
  await waitFor("the refusal", async () => noteRequests()[0]?.status === 429 || undefined);
  await startOutreach(world, { phone_number: "6475550131" });
  for (const index of [1, 2]) await text(index, "Hello.");
  const found = await waitFor("all to wait", async () => {
    const lane = await notesLane();
    return lane.queued_jobs === 3 ? lane : undefined;
  });
  expect(found.eta_seconds).toBeGreaterThan(580);
  // The call's person is to be found first, then the call to be written; and the ids of the texts are to be looked for.
  await waitFor("the call to wait", async () =>
    (await lanes()).find((lane) => lane.context === "global" && lane.queued_jobs === 4),
  );
  expect((await statusOf(world)).queue.dead).toBe(0);
});

it("while lists fill the window, whoever opens a page is answered at once, and nothing is refused", async () => {
  await open(20, 1);
  const crm = createFollowUpBoss({
    baseUrl: () => `${world.sandboxUrl}/v1`,
    system: () => ({ name: SANDBOX_SYSTEM.name, key: SANDBOX_SYSTEM.key }),
    clock: systemClock,
    log: { debug: () => undefined, warn: () => undefined },
  });
  // An account the gateway itself has no business with: only this client pays from its budget.
  const access = { id: "owner", key: world.world.keys.dev.ownerKey };
  await crm.smartListSize("1", { access, priority: "listing" });
  const listing = Array.from({ length: 300 }, () =>
    crm.smartListSize("1", { access, priority: "listing", timeoutMs: 25_000 }),
  );
  await expect.poll(() => crm.lanes()[0], { timeout: 8_000 }).toMatchObject({ used: 235 });
  const waits: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    const begun = performance.now();
    await crm.person("1", { access, priority: "interactive" });
    waits.push(performance.now() - begun);
  }
  // In the listing's own line it would be the rest of the ten seconds.
  expect(Math.max(...waits)).toBeLessThan(5_000);
  expect(crm.lanes()[0]?.waitingBy).toMatchObject({ interactive: 0, listing: 66 });
  await Promise.all(listing);
  expect(world.sandbox.fub.requests.filter(({ status }) => status === 429)).toEqual([]);
}, 40_000);
