// Campaigns and calling hours: one that runs into the evening waits for the morning by itself, everybody by the clocks where
// they are; one started at night begins in the morning; who moves meanwhile is reached by the hours of where they live now.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Campaign } from "../../shared/campaign.schema.ts";
import { readBatch, submitBatch } from "../helpers/bulk-client.ts";
import { isOver } from "../helpers/campaign-checks.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import {
  addList,
  addPeople,
  decisionsOn,
  expectOneRowEach,
  letDueGoOut,
  moveTo,
  type RulesWorld,
  startRulesWorld,
} from "../helpers/contact-rules.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { admin, readOutreach } from "../helpers/talk-to-gateway.ts";

const [TORONTO, TORONTO_TOO, ANGELENO, MOVED, TOLL_FREE] = [9001, 9002, 9003, 9004, 9005];

let at: RulesWorld;
beforeAll(async () => {
  // Tuesday, 9:20 pm in Toronto, 6:20 pm in Los Angeles: calls are allowed in both.
  at = await startRulesWorld("2026-11-25T02:20:00Z");
  addPeople(at, [
    { id: TORONTO, phone: "(416) 555-0131" },
    { id: TORONTO_TOO, phone: "(416) 555-0132" },
    { id: ANGELENO, phone: "(213) 555-0133" },
    { id: MOVED, phone: "(416) 555-0134", state: "CA" },
    { id: TOLL_FREE, phone: "+1 800 555-0135" },
  ]);
});
afterAll(() => at.close());

const asAnn = (): Promise<CampaignClient> =>
  campaignClient(at.url, campaignQuery({ account: at.account, userId: 2 }));
/** Sessions are shorter than nights. */
const untilCampaign = async (id: string, reached: (campaign: Campaign) => boolean): Promise<Campaign> =>
  (await asAnn()).until(id, reached);
const called = async (id: string): Promise<string[]> =>
  (await (await asAnn()).people(id)).people
    .filter(({ outcome }) => outcome === "connected")
    .map(({ person_id }) => person_id ?? "");
const outreachTo = async (id: string, personId: number): Promise<string> => {
  const { people } = await (await asAnn()).people(id);
  return people.find(({ person_id }) => person_id === String(personId))?.engagement_id ?? "";
};

test("it stops at closing, each goes on at the opening where they are, and it ends by itself", async () => {
  const ann = await asAnn();
  const smart_list_id = addList(at, [TORONTO, TORONTO_TOO, ANGELENO, MOVED]);
  const { body } = await ann.start({ smart_list_id, pace: { per_minute: 1 } });
  const id = body.batch_id;
  await ann.until(id, ({ done }) => done === 1);

  // 9:35 pm in Toronto: the one in Los Angeles is passed on to, the others wait.
  moveTo(at, "2026-11-25T02:35:00Z");
  const evening = await ann.until(id, ({ done, waiting_hours }) => done === 2 && waiting_hours === 2);
  expect(evening).toMatchObject({ status: "running", opens_at: "2026-11-25T14:00:00.000Z", active: 0 });
  expect(await called(id)).toEqual([String(TORONTO), String(ANGELENO)]);

  moveTo(at, "2026-11-25T13:55:00Z");
  await letDueGoOut(at);
  expect(await called(id)).toHaveLength(2);
  moveTo(at, "2026-11-25T14:00:00Z");
  // The number is Toronto's, the address California's: it is 6 am there.
  expect(await untilCampaign(id, ({ done }) => done === 3)).toMatchObject({
    status: "running",
    waiting_hours: 1,
    opens_at: "2026-11-25T17:00:00.000Z",
  });
  moveTo(at, "2026-11-25T17:00:00Z");
  expect(await untilCampaign(id, isOver)).toMatchObject({
    status: "completed",
    outcomes: { connected: 4 },
    waiting_hours: 0,
    opens_at: null,
  });
  for (const person of [TORONTO, TORONTO_TOO, ANGELENO])
    expect(await decisionsOn(at, await outreachTo(id, person))).toEqual(["queue allowed", "launch allowed"]);
  // Her two countries' hours hold together: it was after nine.
  expect(await decisionsOn(at, await outreachTo(id, MOVED))).toEqual([
    "queue held outside_hours",
    "launch allowed",
  ]);
});

test("started while it is night everywhere, it says when it begins, follows who moves, and begins by itself", async () => {
  moveTo(at, "2026-11-26T06:00:00Z");
  const ann = await asAnn();
  const order = {
    smart_list_id: addList(at, [TORONTO, TORONTO_TOO, TOLL_FREE]),
    channel: "sms",
    click_id: "at-night-1",
  };
  const review = await ann.preflight(order);
  const begins = { waiting_hours: 3, opens_at: "2026-11-26T14:00:00.000Z" };
  expect(review.body).toMatchObject({ will_queue: 3, skipped: {}, ...begins });
  // Eight hours of the night, and then the texts themselves.
  expect(review.body.eta_seconds).toBeGreaterThan(28_000);
  const { body } = await ann.start(order);
  const id = body.batch_id;
  expect(body).toMatchObject({ queued_calls: 3, skipped_calls: 0 });
  const running = await untilCampaign(id, ({ status }) => status === "running");
  expect(running).toMatchObject(begins);
  expect(running.eta_seconds).toBeGreaterThan(28_000);
  const second = await outreachTo(id, TORONTO_TOO);
  expect((await readOutreach(at, second)).waits_until).toBe(begins.opens_at);

  const person = at.account.people.find((one) => one.id === TORONTO_TOO);
  person?.addresses.push({ type: "home", street: "", city: "", state: "Manitoba", code: "", country: "" });
  await postWebhook(at.url, "fub-test", deliveryBody("peopleUpdated", [TORONTO_TOO]));
  await waitFor("the move to be taken in", async () => {
    const { body: page } = await admin<{ deliveries: { result: string | null }[] }>(at, "GET", "/deliveries");
    return page.deliveries.some(({ result }) => result?.includes("brought up to date")) ? true : undefined;
  });

  moveTo(at, "2026-11-26T14:00:00Z");
  await untilCampaign(id, ({ done }) => done === 1);
  expect(await called(id)).toEqual([String(TORONTO)]);
  moveTo(at, "2026-11-26T14:55:00Z");
  await letDueGoOut(at);
  expect(await called(id)).toEqual([String(TORONTO)]);
  // 9 am in Manitoba.
  moveTo(at, "2026-11-26T15:00:00Z");
  await untilCampaign(id, ({ done }) => done === 2);
  // 11 am in New York, for a number of no place.
  moveTo(at, "2026-11-26T16:00:00Z");
  expect(await untilCampaign(id, isOver)).toMatchObject({ status: "completed", done: 3 });
  expect(await decisionsOn(at, second)).toEqual(["queue held outside_hours", "launch allowed"]);
});

test("rows of a batch wait for their hours as well, or for their own later time", async () => {
  moveTo(at, "2026-11-27T03:00:00Z");
  const rows = [
    { phone_number: "+14165550137" },
    { phone_number: "+14165550138", scheduled_time: "2026-11-27T18:00:00Z" },
    { phone_number: "+12135550139" },
  ].map((row) => ({ ...row, instruction: "Say that the house is sold" }));
  const { body } = await submitBatch(at, rows);
  const until = (done: number) =>
    waitFor(`${done} rows`, async () => {
      const batch = await readBatch(at, body.batch_id);
      return batch.done === done ? batch : undefined;
    });
  // 7 pm in Los Angeles.
  expect(await until(1)).toMatchObject({ opens_at: "2026-11-27T14:00:00.000Z" });
  moveTo(at, "2026-11-27T14:00:00Z");
  expect(await until(2)).toMatchObject({ status: "running", opens_at: "2026-11-27T18:00:00.000Z" });
  moveTo(at, "2026-11-27T18:00:00Z");
  expect(await until(3)).toMatchObject({ opens_at: null });
});

test("each attempt and each refusal is in the ledger once", () => expectOneRowEach(at));
