// The review is the run: who is counted is who is called, whatever happens to the list in between.
import { parse } from "csv-parse/sync";
import { afterEach, describe, expect, test } from "vitest";
import { buildEmail, buildPerson, buildPhone } from "../../server/sandbox/build-account.ts";
import type { SandboxPerson } from "../../server/sandbox/sandbox-types.ts";
import type { Campaign } from "../../shared/campaign.schema.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { listEngagements } from "../helpers/admin-client.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions } from "../helpers/start-gateway.ts";
import { startOutreach } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
afterEach(() => world.close());

const fub = () => world.sandbox.fub.account("fub-test");
const ann = () => campaignClient(world.url, campaignQuery({ account: fub(), userId: 2 }));
const ended = ({ status }: Campaign) => ["completed", "failed", "canceled"].includes(status);
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, n) => total + n, 0);
const LIST = "90";
const coolDown = ({ tenants = [], ...setup }: Setup): Setup => ({
  ...setup,
  tenants: tenants.map((tenant) => ({ ...tenant, cool_down_minutes: 60 })),
});

/** Ann's page, and a list of these people, all of them hers. */
async function begin(people: readonly Partial<SandboxPerson>[], options: TestWorldOptions = {}) {
  world = await startTestWorld(options);
  const made = people.map((one, index) =>
    buildPerson({ id: 900 + index, firstName: "Person", lastName: String(index), assignedUserId: 2, ...one }),
  );
  fub().people.push(...made);
  const [first] = fub().smartLists;
  if (!first) throw new Error("no lists");
  const members = { personIds: made.map(({ id }) => id) };
  fub().smartLists.push({ ...first, id: Number(LIST), name: "Review", members });
  return { client: await ann(), made, members };
}
const withPhone = (n: number): Partial<SandboxPerson> => ({
  phones: [buildPhone(`+1905555${String(2100 + n)}`)],
});
const ordinary = (count: number) => Array.from({ length: count }, (_, n) => withPhone(n + 10));

const AWKWARD: readonly Partial<SandboxPerson>[] = [
  { ...withPhone(10), emails: [buildEmail("First@People.example")] },
  { phones: [], emails: [] },
  {
    phones: [buildPhone("+19055552111", { type: "home", isLandline: true })],
    emails: [buildEmail("no address")],
  },
  { phones: [buildPhone("+19055552112", { relationshipId: 3, isPrimary: 0 })] },
  { phones: [buildPhone("12345")], emails: [buildEmail("fifth@people.example")] },
  { phones: [buildPhone("(905) 555-2110")], emails: [buildEmail("first@people.EXAMPLE")] },
  { ...withPhone(13), emails: [buildEmail("trash@people.example")], stage: "Trash" },
  {
    phones: [buildPhone("+19055552111", { isLandline: true }), buildPhone("+19055552114", { isPrimary: 0 })],
  },
];

describe("everybody is counted once, with the reason", () => {
  test.each([
    ["phone", { no_phone: 1, relationship_phone: 1, invalid_phone: 1, duplicate_number: 2, trashed: 1 }],
    [
      "sms",
      { no_phone: 1, relationship_phone: 1, invalid_phone: 1, duplicate_number: 1, trashed: 1, landline: 1 },
    ],
    ["email", { no_email: 3, invalid_email: 1, duplicate_address: 1, trashed: 1 }],
  ] as const)("over %s, as the run, the pages and the download have it", async (channel, skipped) => {
    const { client, made } = await begin(AWKWARD);
    const body = { smart_list_id: LIST, channel, click_id: "click-reasons" };
    const review = await client.preflight(body);
    const queued = made.length - sum(skipped);
    expect(review.body).toMatchObject({
      total: 8,
      checked: 8,
      will_queue: queued,
      skipped,
      list_changes: null,
    });
    const started = await client.start(body);
    expect(started.body).toMatchObject({ queued_calls: queued, skipped_calls: sum(skipped), errors: [] });
    const over = await client.until(started.body.batch_id, ended);
    expect(over).toMatchObject({ status: "completed", skipped, done: queued, total: 8, refused_later: {} });
    await expectAgreement(client, over);
    const unreviewed = await client.start({ ...body, click_id: "click-unreviewed" });
    expect((await client.until(unreviewed.body.batch_id, ended)).skipped).toEqual(skipped);
  });

  test("somebody contacted a moment ago, where the brokerage wants a pause", async () => {
    const { client } = await begin(ordinary(3), { setup: coolDown });
    await startOutreach(world, { phone_number: "+19055552111", type: "informational" });
    const review = await client.preflight({ smart_list_id: LIST });
    expect(review.body).toMatchObject({ will_queue: 2, skipped: { cool_down: 1 } });
  });
});

/** Counts, pages and download tell the same. */
async function expectAgreement(client: CampaignClient, over: Campaign): Promise<void> {
  const { people } = await client.people(over.batch_id, "?limit=500");
  expect(people).toHaveLength(over.total);
  const tally = (values: readonly (string | null)[]) => {
    const counts: Record<string, number> = {};
    for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
  };
  expect(tally(people.map(({ reason }) => reason))).toEqual(over.skipped);
  expect(tally(people.map(({ outcome }) => outcome))).toEqual(over.outcomes);
  for (const [reason, n] of Object.entries(over.skipped))
    expect((await client.people(over.batch_id, `?reason=${reason}`)).people).toHaveLength(n);
  expect((await client.people(over.batch_id, "?state=done")).people).toHaveLength(over.done);
  const paged = [];
  for (let after: number | null = -1; after !== null; ) {
    const page = await client.people(over.batch_id, `?limit=3&after=${after}`);
    paged.push(...page.people);
    after = page.next;
  }
  expect(paged).toEqual(people);
  const answer = await client.get(`/${over.batch_id}/people.csv`);
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w .-]+\.csv"$/);
  const rows = parse(await answer.text(), { bom: true, columns: true }) as Record<string, string>[];
  expect(rows.map((row) => [row["Person id"], row["Reason skipped"], row.Outcome])).toEqual(
    people.map(({ person_id, reason, outcome }) => [person_id, reason ?? "", outcome ?? ""]),
  );
}

describe("between review and start", () => {
  test("the list changes: those reviewed are called, with the numbers reviewed", async () => {
    const { client, made, members } = await begin(ordinary(5));
    const body = { smart_list_id: LIST, click_id: "click-frozen" };
    const review = await client.preflight(body);
    expect(review.body.will_queue).toBe(5);
    members.personIds.splice(0, 2, 101, 102, 103);
    fub().smartLists = fub().smartLists.map((list) =>
      list.id === Number(LIST) ? { ...list, members } : list,
    );
    const [, , third] = fub().people.filter(({ id }) => id >= 900);
    if (third) third.phones = [];
    const { body: started } = await client.start(body);
    expect(started).toMatchObject({ batch_id: review.body.batch_id, queued_calls: 5, skipped_calls: 0 });
    const over = await client.until(started.batch_id, ended);
    expect(over).toMatchObject({ total: 5, queued_calls: 5, done: 5 });
    const called = (await listEngagements(world)).map(({ person_id, contact }) => `${person_id} ${contact}`);
    expect(called.sort()).toEqual(made.map(({ id }, n) => `${id} +1905555${2110 + n}`));
  });

  test("somebody is called by hand: they are in the count, refused, and told apart", async () => {
    const { client } = await begin(ordinary(3), { setup: coolDown });
    const body = { smart_list_id: LIST, click_id: "click-cooling" };
    expect((await client.preflight(body)).body.will_queue).toBe(3);
    await startOutreach(world, { phone_number: "+19055552111", type: "informational" });
    const { body: started } = await client.start(body);
    expect(started.queued_calls).toBe(3);
    const over = await client.until(started.batch_id, ended);
    expect(over).toMatchObject({ queued_calls: 3, done: 3, skipped: {}, refused_later: { cool_down: 1 } });
    expect(sum(over.outcomes)).toBe(3);
    const toldApart = (await listEngagements(world)).filter(({ contact }) => contact === "+19055552111");
    expect(toldApart).toHaveLength(2);
  });

  test("something else is asked for with the same click: refused, and nobody called", async () => {
    const { client } = await begin(ordinary(2));
    const body = { smart_list_id: LIST, click_id: "click-changed" };
    await client.preflight(body);
    for (const change of [
      { channel: "sms" },
      { call_type: "conversational" },
      { instruction: "Hi" },
      { smart_list_id: "23" },
      { pace: { at_once: 2 } },
    ])
      expect(await client.start({ ...body, ...change })).toMatchObject({
        status: 409,
        body: { error: { code: "campaign_changed" } },
      });
    expect(await listEngagements(world)).toEqual([]);
    const started = await client.start(body);
    expect(started.body.queued_calls).toBe(2);
    expect(await client.preflight({ ...body, channel: "sms" })).toMatchObject({
      status: 409,
      body: { error: { code: "campaign_changed" } },
    });
  });

  test("an hour passes: it is reviewed again, with the same click too, and then started", async () => {
    const clock = createShiftingClock();
    const { client } = await begin(ordinary(2), { clock });
    const body = { smart_list_id: LIST, click_id: "click-expired" };
    await client.preflight(body);
    clock.shift(61 * 60_000);
    expect(await client.start(body)).toMatchObject({
      status: 401,
      body: { error: { code: "session_expired" } },
    });
    const again = await ann();
    expect(await again.start(body)).toMatchObject({
      status: 409,
      body: { error: { code: "review_expired" } },
    });
    expect(await listEngagements(world)).toEqual([]);
    fub().people = fub().people.filter(({ id }) => id !== 901);
    expect((await again.preflight(body)).body).toMatchObject({ status: "checked", total: 1, will_queue: 1 });
    expect((await again.start(body)).body.queued_calls).toBe(1);
  });
});

describe("starts", () => {
  test("with a pace of its own go no faster than that", async () => {
    const { client } = await begin(ordinary(6));
    const began = performance.now();
    const { body } = await client.start({ smart_list_id: LIST, pace: { per_minute: 590 } });
    expect(await client.until(body.batch_id, ended)).toMatchObject({ done: 6, pace: { per_minute: 590 } });
    expect(performance.now() - began).toBeGreaterThan(5 * 101);
  });

  test("pressed five times at once, it is one campaign", async () => {
    const { client } = await begin(ordinary(4));
    for (const reviewed of [true, false]) {
      const body = { smart_list_id: LIST, click_id: `click-five-${reviewed}` };
      if (reviewed) await client.preflight(body);
      const starts = await Promise.all(Array.from({ length: 5 }, () => client.start(body)));
      expect(new Set(starts.map(({ status, body: { batch_id } }) => `${status} ${batch_id}`)).size).toBe(1);
      expect((await client.until(starts[0]?.body.batch_id ?? "", ended)).queued_calls).toBe(4);
    }
    expect(await listEngagements(world)).toHaveLength(8);
  });

  test("while the list is still being read, the start waits for the end of the review", async () => {
    const { client } = await begin(ordinary(4));
    world.sandbox.fub.faults.add({ path: "/people", times: 1, kind: "delay", delayMs: 600 });
    const body = { smart_list_id: LIST, click_id: "click-waiting" };
    const early = await client.preflight({ ...body, wait_seconds: 0 });
    expect(early).toMatchObject({ status: 202, body: { status: "checking", checked: 0 } });
    const [started, review] = await Promise.all([client.start(body), client.preflight(body)]);
    expect(started).toMatchObject({ status: 202, body: { batch_id: early.body.batch_id, queued_calls: 4 } });
    expect(review.body).toMatchObject({ batch_id: early.body.batch_id, will_queue: 4 });
  });
});
