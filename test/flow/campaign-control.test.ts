// Pause, resume and cancel at any moment of a campaign: nobody new is contacted after the answer, what is under way is
// finished, the counts add up, and who goes on is reached exactly once.
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { growList, type ListGrowth } from "../../server/sandbox/grow-list.ts";
import type { Campaign } from "../../shared/campaign.schema.ts";
import {
  expectAddsUp,
  expectOneCallEach,
  isOver,
  storedOutreaches,
  sum,
} from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { controlOutreach } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
let ann: CampaignClient;
beforeAll(async () => {
  world = await startTestWorld({ environment: { SIMULATOR_SPEED: "0.01" } });
  world.sandbox.fub.options.limits.global = { registered: 20_000, unregistered: 20_000 };
  ann = await campaignClient(world.url, campaignQuery({ account: account(), userId: 2 }));
});
afterAll(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
let lists = 0;
const grow = (count: number, more: Partial<ListGrowth> = {}) => {
  lists += 1;
  return growList(account(), { count, listName: `List ${lists}`, assignedTo: [2], ...more });
};
const slowPages = (times: number): void =>
  world.sandbox.fub.faults.add({ path: "/people", kind: "delay", delayMs: 150, times });
const launched = (id: string): number =>
  storedOutreaches(world.dataDir, id).filter(({ launch_attempts }) => launch_attempts > 0).length;

/** Nobody new goes out from here on. */
async function expectStandstill(id: string): Promise<void> {
  const before = launched(id);
  await delay(300);
  expect(launched(id)).toBe(before);
  await ann.until(id, ({ active }) => active === 0);
  expect(launched(id)).toBe(before);
}

async function expectAllReached(id: string, people: readonly { readonly id: number }[]): Promise<void> {
  const over = await ann.until(id, isOver, 30_000);
  expect(over).toMatchObject({ status: "completed", queued_calls: people.length });
  expectAddsUp(over);
  const stored = storedOutreaches(world.dataDir, id);
  expect(stored.filter(({ dialled }) => dialled !== 1)).toEqual([]);
  expect(stored).toHaveLength(people.length);
  await waitFor("the records", () => calledOf(people) >= people.length || undefined);
  expectOneCallEach(account(), people);
}

function calledOf(people: readonly { readonly id: number }[]): number {
  const ids = new Set(people.map(({ id }) => id));
  return account().calls.filter(({ personId }) => ids.has(personId)).length;
}

/** So that it is not over before it is paused, however slow the machine is. */
const SLOW = { at_once: 20, per_minute: 2_400 };

/** A campaign of 300 at this moment. */
const MOMENTS: Readonly<Record<string, (listId: string) => Promise<string>>> = {
  "being read": async (smart_list_id) => {
    slowPages(4);
    const { body } = await ann.start({ smart_list_id, pace: SLOW });
    expect((await ann.read(body.batch_id)).checked).toBeLessThan(300);
    return body.batch_id;
  },
  "put in line": async (smart_list_id) => {
    const body = { smart_list_id, click_id: `click-line-${smart_list_id}`, pace: SLOW };
    await ann.preflight(body);
    return (await ann.start(body)).body.batch_id;
  },
  "under way": async (smart_list_id) => {
    const { body } = await ann.start({ smart_list_id, pace: SLOW });
    await ann.until(body.batch_id, ({ status, done }) => status === "running" && done > 20);
    return body.batch_id;
  },
};

describe.each(Object.keys(MOMENTS))("a campaign that is %s", (moment) => {
  const begin = (listId: number): Promise<string> => MOMENTS[moment]?.(String(listId)) ?? Promise.reject();

  it("is paused and goes on where it was", async () => {
    const { list, people } = grow(300);
    const id = await begin(list.id);
    const paused = await ann.control(id, "pause");
    expect(paused).toMatchObject({ status: 200, body: { status: "paused", can_resume: true } });
    await expectStandstill(id);
    expect(launched(id)).toBeLessThan(300);
    expect((await ann.read(id)).status).toBe("paused");
    const resumed = await ann.control(id, "resume");
    expect(resumed.body.status).toMatch(/queueing|running/);
    await expectAllReached(id, people);
  });

  it("is canceled: what is under way is finished, everybody else is not contacted", async () => {
    const { list, people } = grow(300);
    const id = await begin(list.id);
    expect(await ann.control(id, "cancel")).toMatchObject({ status: 200, body: { status: "canceled" } });
    await expectStandstill(id);
    const over = await ann.until(id, ({ done, queued_calls }) => done === queued_calls);
    expectAddsUp(over);
    expect(over).toMatchObject({ status: "canceled", can_resume: false, eta_seconds: 0 });
    expect((over.outcomes.canceled ?? 0) + launched(id)).toBe(over.queued_calls);
    const later = await ann.control(id, "resume");
    expect(later).toMatchObject({ status: 409, body: { error: { code: "wrong_state" } } });
    await waitFor("the records", () => calledOf(people) >= launched(id) || undefined);
    expect(calledOf(people)).toBe(launched(id));
  });
});

describe("a campaign", () => {
  it("paused and resumed again and again, by several clicks at once, reaches everybody once", async () => {
    const { list, people } = grow(400);
    slowPages(4);
    const { body } = await ann.start({
      smart_list_id: String(list.id),
      pace: { at_once: 20, per_minute: 3_000 },
    });
    for (let turn = 0; turn < 8; turn++) {
      await delay((turn * 37) % 110);
      // A busy machine may be through with everybody before the clicks are.
      if (isOver(await ann.read(body.batch_id))) break;
      const clicks = turn % 3 === 2 ? (["pause", "resume", "pause"] as const) : (["pause", "pause"] as const);
      const answers = await Promise.all(clicks.map((control) => ann.control(body.batch_id, control)));
      const resumed = await Promise.all([1, 2, 3].map(() => ann.control(body.batch_id, "resume")));
      if (isOver(await ann.read(body.batch_id))) break;
      for (const { status } of [...answers, ...resumed]) expect(status).toBe(200);
    }
    await expectAllReached(body.batch_id, people);
  });

  it("that is over can be neither paused, resumed nor canceled", async () => {
    const { list } = grow(3);
    const { body } = await ann.start({ smart_list_id: String(list.id), channel: "sms" });
    await ann.until(body.batch_id, isOver);
    for (const control of ["pause", "resume", "cancel"] as const)
      expect(await ann.control(body.batch_id, control)).toMatchObject({
        status: 409,
        body: { error: { code: "wrong_state", message: expect.stringContaining("already ended") } },
      });
  });

  it("that somebody cancels five times at once is canceled once", async () => {
    const { list } = grow(200);
    const { body } = await ann.start({ smart_list_id: String(list.id), pace: { at_once: 2 } });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ann.control(body.batch_id, "cancel")));
    expect(new Set(answers.map(({ status, body: { status: state } }) => `${status} ${state}`))).toEqual(
      new Set(["200 canceled"]),
    );
    expectAddsUp(await ann.until(body.batch_id, ({ done, queued_calls }) => done === queued_calls));
  });

  it("whose people wait to be tried again is paused, resumed, canceled: they are not tried", async () => {
    const { list } = grow(6, { telling: 1 });
    const retry = { outcomes: ["no_answer", "busy"], times: 1, after_minutes: 1 };
    const { body } = await ann.start({ smart_list_id: String(list.id), retry });
    const waits = (campaign: Campaign): boolean => campaign.retries_waiting === 2 && campaign.active === 0;
    await ann.until(body.batch_id, (campaign) => waits(campaign) && campaign.done === 4);
    for (const control of ["pause", "resume"] as const) {
      await ann.control(body.batch_id, control);
      expect((await ann.read(body.batch_id)).retries_waiting).toBe(2);
    }
    await ann.control(body.batch_id, "cancel");
    const over = await ann.until(body.batch_id, ({ done }) => done === 6);
    expectAddsUp(over);
    expect(over.outcomes).toMatchObject({ no_answer: 1, busy: 1 });
    expect(storedOutreaches(world.dataDir, body.batch_id)).toHaveLength(6);
  });
});

describe("a review", () => {
  it("can be canceled but neither paused nor resumed, and the same click reviews again", async () => {
    const { list } = grow(300);
    slowPages(3);
    const body = { smart_list_id: String(list.id), click_id: "click-review-1" };
    const early = await ann.preflight({ ...body, wait_seconds: 0.2 });
    expect(early.body.status).toBe("checking");
    for (const control of ["pause", "resume"] as const)
      expect(await ann.control(early.body.batch_id, control)).toMatchObject({
        status: 409,
        body: { error: { code: "wrong_state", message: "This campaign was not started yet." } },
      });
    const canceled = await ann.control(early.body.batch_id, "cancel");
    expect(canceled.body).toMatchObject({ status: "canceled", will_queue: 0, queued_calls: 0 });
    expect(canceled.body.total).toBe(sum(canceled.body.skipped));
    const again = await ann.preflight(body);
    expect(again.body).toMatchObject({ status: "checked", will_queue: 300 });
    await ann.control(again.body.batch_id, "cancel");
    expect((await ann.read(again.body.batch_id)).skipped).toEqual({ canceled: 300 });
    expect(storedOutreaches(world.dataDir, again.body.batch_id)).toEqual([]);
  });
});

describe("one person of a campaign", () => {
  const outreaches = (id: string) => storedOutreaches(world.dataDir, id);

  it("paused before their turn is passed over, and reached once resumed", async () => {
    const { list } = grow(4);
    const { body } = await ann.start({ smart_list_id: String(list.id), pace: { at_once: 1 } });
    const last = outreaches(body.batch_id).at(-1)?.id ?? "";
    expect((await controlOutreach(world, last, "pause")).status).toBe(200);
    await ann.until(body.batch_id, ({ done }) => done === 3);
    await delay(300);
    expect(await ann.read(body.batch_id)).toMatchObject({ status: "running", done: 3, active: 0 });
    expect((await controlOutreach(world, last, "resume")).status).toBe(200);
    expectAddsUp(await ann.until(body.batch_id, isOver));
    expect(outreaches(body.batch_id).filter(({ dialled }) => dialled !== 1)).toEqual([]);
  });

  it("paused in the middle of the conversation keeps nobody else waiting", async () => {
    const { list } = grow(4);
    const { body } = await ann.start({ smart_list_id: String(list.id), pace: { at_once: 1 } });
    const first = await waitFor("somebody to be under way", () =>
      outreaches(body.batch_id).find(({ status }) => status === "in_progress"),
    );
    expect((await controlOutreach(world, first.id, "pause")).status).toBe(200);
    await ann.until(body.batch_id, ({ done }) => done === 3);
    await controlOutreach(world, first.id, "resume");
    expectAddsUp(await ann.until(body.batch_id, isOver));
  });
});
