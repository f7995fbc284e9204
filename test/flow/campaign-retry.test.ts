// Trying again by outcome: as often as asked for, after as long, within the hours; then they are done, counted once.
import { afterEach, beforeEach, expect, it } from "vitest";
import { growList } from "../../server/sandbox/grow-list.ts";
import type { Campaign, CampaignPerson } from "../../shared/campaign.schema.ts";
import { expectAddsUp, isOver, storedOutreaches } from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock, type ShiftingClock } from "../helpers/shifting-clock.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const MINUTE = 60_000;
let world: TestWorld;
let clock: ShiftingClock;
let listId: string;
beforeEach(async () => {
  clock = createShiftingClock();
  world = await startTestWorld({ clock });
  const grown = growList(account(), { count: 12, listName: "Again", assignedTo: [2], telling: 0.5 });
  listId = String(grown.list.id);
});
afterEach(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
/** Sessions last half an hour, and time flies here. */
const ann = (): Promise<CampaignClient> =>
  campaignClient(world.url, campaignQuery({ account: account(), userId: 2 }));
const until = async (id: string, fits: (campaign: Campaign) => boolean): Promise<Campaign> =>
  (await ann()).until(id, fits);
const attempts = (id: string): number => storedOutreaches(world.dataDir, id).length;
const waitingFor = async (id: string): Promise<CampaignPerson[]> =>
  (await (await ann()).people(id, "?state=retry")).people;

const RETRY = { outcomes: ["no_answer", "busy"], times: 2, after_minutes: 90 };

async function start(retry: Readonly<Record<string, unknown>>): Promise<string> {
  const { status, body } = await (await ann()).start({ smart_list_id: listId, retry });
  expect(status, JSON.stringify(body)).toBe(202);
  return body.batch_id;
}
const allWait = ({ active, retries_waiting, done }: Campaign): boolean =>
  active === 0 && retries_waiting === 2 && done === 10;

it("who did not answer is tried twice more, each time after the pause, and counts once", async () => {
  const id = await start(RETRY);
  for (const round of [1, 2]) {
    expect(await until(id, allWait)).toMatchObject({ status: "running", done: 10, queued_calls: 12 });
    for (const person of await waitingFor(id)) {
      const wait = Date.parse(person.at ?? "") - clock.now();
      expect(wait).toBeGreaterThan(88 * MINUTE);
      expect(wait).toBeLessThanOrEqual(90 * MINUTE);
      expect(person).toMatchObject({ attempts: round, state: "retry" });
    }
    clock.shift(85 * MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(attempts(id)).toBe(10 + 2 * round);
    clock.shift(6 * MINUTE);
    await waitFor("the next try", () => attempts(id) === 12 + 2 * round || undefined);
  }
  const over = await until(id, isOver);
  expectAddsUp(over);
  expect(over).toMatchObject({ status: "completed", queued_calls: 12, done: 12 });
  expect(over.outcomes).toEqual({
    connected: 7,
    ...{ no_answer: 1, busy: 1, voicemail: 1, invalid_phone: 1, not_interested: 1 },
  });
  const stored = storedOutreaches(world.dataDir, id);
  expect(stored.filter(({ dialled }) => dialled !== 1)).toEqual([]);
  // Each try that rang is a call of its own in Follow Up Boss.
  await waitFor("the records", () => account().calls.length >= 16 || undefined);
  expect(account().calls).toHaveLength(16);
});

it("within the hours of its time zone only", async () => {
  const timezone = "America/St_Johns";
  const hourOf = (at: number): string =>
    new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hour: "2-digit", minute: "2-digit" }).format(at);
  // To just before closing time there, so that the pause leads into the evening.
  while (hourOf(clock.now()).slice(0, 2) !== "18") clock.shift(30 * MINUTE);
  const id = await start({ ...RETRY, times: 1, hours: { from: "09:30", to: "19:00", timezone } });
  await until(id, allWait);
  for (const { at } of await waitingFor(id)) {
    expect(hourOf(Date.parse(at ?? ""))).toBe("09:30");
    expect(Date.parse(at ?? "") - clock.now()).toBeGreaterThan(12 * 60 * MINUTE);
  }
  clock.shift(12 * 60 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(attempts(id)).toBe(12);
  clock.shift(4 * 60 * MINUTE);
  expectAddsUp(await until(id, isOver));
  expect(attempts(id)).toBe(14);
});

it("paused while they wait, they are not tried when due but once it goes on", async () => {
  const id = await start({ ...RETRY, times: 1 });
  await until(id, allWait);
  await (await ann()).control(id, "pause");
  clock.shift(91 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(attempts(id)).toBe(12);
  await (await ann()).control(id, "resume");
  expectAddsUp(await until(id, isOver));
  expect(attempts(id)).toBe(14);
});

it("canceled while they wait, they are done with their last outcome", async () => {
  const id = await start(RETRY);
  await until(id, allWait);
  await (await ann()).control(id, "cancel");
  const over = await until(id, ({ done }) => done === 12);
  expectAddsUp(over);
  expect(over).toMatchObject({ status: "canceled", outcomes: { no_answer: 1, busy: 1 } });
  clock.shift(91 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(attempts(id)).toBe(12);
});
