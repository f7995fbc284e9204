// A campaign of a brokerage whose phone goes over the Hub: chunks of 1,000 to its bulk endpoint, results by its notices,
// and nobody submitted twice, whatever the Hub answers or does not.
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { growList } from "../../server/sandbox/grow-list.ts";
import type { HubBatch } from "../../server/sandbox/hub/bulk-types.ts";
import { expectAddsUp, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { connectHub } from "../helpers/connect-hub.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { controlOutreach } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
let ann: CampaignClient;
beforeEach(async () => {
  world = await startTestWorld();
  world.sandbox.fub.options.limits.global = { registered: 20_000, unregistered: 20_000 };
  world.sandbox.hub.stepMs = 1;
  await connectHub(world);
  ann = await campaignClient(world.url, campaignQuery({ account: account(), userId: 2 }));
});
afterEach(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const grow = (count: number, telling = 0) =>
  growList(account(), { count, listName: "Hub", assignedTo: [2], telling });

interface SentRow {
  readonly phone_number: string;
  readonly user_phone_number: string;
  readonly source_record_id: string;
}
const rowsOf = ({ body }: HubBatch): SentRow[] => body.rows as SentRow[];
const sent = (): SentRow[] => world.sandbox.hub.batches.flatMap(rowsOf);
/** How often each person was submitted. */
const timesSent = (): number[] => {
  const times = new Map<string, number>();
  for (const { source_record_id: id } of sent()) times.set(id, (times.get(id) ?? 0) + 1);
  return [...times.values()];
};

async function start(listId: number): Promise<string> {
  const body = { smart_list_id: String(listId), click_id: `click-hub-${listId}` };
  await ann.preflight(body);
  const { status, body: started } = await ann.start(body);
  expect(status).toBe(202);
  return started.batch_id;
}
const parkedOf = (id: string) =>
  storedOutreaches(world.dataDir, id).filter(({ parked_reason }) => parked_reason !== null);
const untilParked = (id: string, many: number) =>
  waitFor("all of them to be parked", () => parkedOf(id).length >= many || undefined);

it("1,200 people go in two requests, though no result has come yet, and come back by notices", async () => {
  const { list, people } = grow(1_200);
  const numberOf = (index: number): string => `+1${people[index]?.phones[0]?.normalized}`;
  // Every sixth of them is heard of; all would take long.
  for (const index of people.keys())
    if (index % 6 > 0) world.sandbox.hub.behaviours.set(numberOf(index), { never: true });
  world.sandbox.hub.bulk = { startsAfterMs: 1_500 };
  const id = await start(list.id);
  await waitFor("both requests", () => world.sandbox.hub.batches.length === 2 || undefined, 10_000);
  expect(world.sandbox.hub.batches.map((batch) => rowsOf(batch).length)).toEqual([1_000, 200]);
  expect(new Set(sent().map(({ user_phone_number }) => user_phone_number))).toEqual(
    new Set(["+14165550111"]),
  );
  expect(world.sandbox.hub.engagements.size).toBe(0);
  const campaign = await ann.until(id, ({ done }) => done === 200, 20_000);
  expect(campaign).toMatchObject({ status: "running", active: 1_000, outcomes: { connected: 200 } });
  const heard = storedOutreaches(world.dataDir, id).filter(({ status }) => status === "completed");
  expect(new Set(heard.map(({ contact }) => contact))).toEqual(
    new Set(people.flatMap((_, index) => (index % 6 === 0 ? [numberOf(index)] : []))),
  );
  expect(timesSent()).toHaveLength(1_200);
  expect(timesSent().every((times) => times === 1)).toBe(true);
});

it("a row the Hub leaves out fails with its words, the others go on", async () => {
  const { list, people } = grow(5);
  const number = `+1${people[2]?.phones[0]?.normalized}`;
  world.sandbox.hub.behaviours.set(number, { rowRefused: "customer opted out" });
  const id = await start(list.id);
  const over = await ann.until(id, isOver);
  expectAddsUp(over);
  expect(over.outcomes).toEqual({ connected: 4, failed: 1 });
  const failed = storedOutreaches(world.dataDir, id).filter(({ status }) => status === "failed");
  expect(failed.map(({ contact }) => contact)).toEqual([number]);
});

it.each([
  ["breaks off though it took them", { silent: "queued", hangsUp: true }],
  ["breaks off and lost them", { silent: "lost", hangsUp: true }],
  ["answers 503, which does not say either", { fails: 503 }],
] as const)("where the Hub %s, each waits for a person and nobody is submitted twice", async (_how, bulk) => {
  const { list } = grow(4);
  world.sandbox.hub.bulk = { ...bulk, startsAfterMs: 600_000 };
  const id = await start(list.id);
  await untilParked(id, 4);
  const campaign = await ann.read(id);
  expect(campaign).toMatchObject({ status: "running", active: 0, done: 0 });
  expect(campaign.message).toContain("4 outreaches wait for somebody at the gateway's console to decide");
  await delay(700);
  for (const control of ["pause", "resume"] as const) await ann.control(id, control);
  await delay(500);
  expect(world.sandbox.hub.batches).toHaveLength(1);
  expect(world.sandbox.hub.starts).toHaveLength(0);
  // A person decides: two were not started and are to be, the others are given up.
  world.sandbox.hub.bulk = {};
  for (const [index, one] of storedOutreaches(world.dataDir, id).entries())
    expect((await controlOutreach(world, one.id, index < 2 ? "resume" : "cancel")).status).toBe(200);
  const over = await ann.until(id, isOver);
  expectAddsUp(over);
  expect(over).toMatchObject({ status: "completed", message: null });
  expect(over.outcomes).toEqual({ connected: 2, canceled: 2 });
  expect(world.sandbox.hub.starts).toHaveLength(2);
});

it("a chunk of unknown fate does not keep the next one waiting", async () => {
  const { list } = grow(1_030);
  world.sandbox.hub.bulk = { silent: "lost", hangsUp: true };
  const id = await start(list.id);
  await waitFor("the first request", () => world.sandbox.hub.batches[0]);
  world.sandbox.hub.bulk = {};
  await waitFor("the second request", () => world.sandbox.hub.batches[1], 10_000);
  const campaign = await ann.until(id, ({ done }) => done === 30, 20_000);
  expect(campaign).toMatchObject({ status: "running", outcomes: { connected: 30 } });
  expect(parkedOf(id)).toHaveLength(1_000);
  expect(timesSent().every((times) => times === 1)).toBe(true);
});

it("asked to slow down, it submits the chunk again later", async () => {
  const { list } = grow(6);
  world.sandbox.hub.bulk = { fails: 429 };
  const id = await start(list.id);
  await waitFor("a request", () => world.sandbox.hub.batches[0]);
  world.sandbox.hub.bulk = {};
  const over = await ann.until(id, isOver);
  expectAddsUp(over);
  expect(over.outcomes).toEqual({ connected: 6 });
  expect(world.sandbox.hub.batches.map(({ status }) => status)).toEqual([429, 200]);
});

it("one that waits to be handed over is canceled: nobody is submitted any more", async () => {
  const { list } = grow(1_100);
  world.sandbox.hub.bulk = { fails: 429 };
  const id = await start(list.id);
  await waitFor("a request", () => world.sandbox.hub.batches[0]);
  await ann.control(id, "cancel");
  world.sandbox.hub.bulk = {};
  const over = await ann.until(id, ({ done, queued_calls }) => done === queued_calls);
  expectAddsUp(over);
  expect(over).toMatchObject({ status: "canceled", total: 1_100, outcomes: { canceled: over.queued_calls } });
  await delay(2_000);
  expect(world.sandbox.hub.batches).toHaveLength(1);
});

it("one that is paused is handed over once it goes on, and once only", async () => {
  const { list } = grow(20);
  world.sandbox.hub.bulk = { fails: 429 };
  const id = await start(list.id);
  await waitFor("a request", () => world.sandbox.hub.batches[0]);
  await ann.control(id, "pause");
  world.sandbox.hub.bulk = {};
  await delay(1_500);
  expect(world.sandbox.hub.batches).toHaveLength(1);
  await ann.control(id, "resume");
  const over = await ann.until(id, isOver);
  expectAddsUp(over);
  expect(over.outcomes).toEqual({ connected: 20 });
  expect(world.sandbox.hub.batches.map(({ status }) => status)).toEqual([429, 200]);
});
