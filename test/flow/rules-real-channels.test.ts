// The contact rules where somebody is really reached, over the pretend Twilio: hours hold there and not on the simulator, and
// right before anything goes out the person is read once more, for tags that say no and for where they live.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endedSuppressionSchema, suppressionPageSchema } from "../../shared/console/contact-rules.schema.ts";
import { isOver } from "../helpers/campaign-checks.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { startTwilioWorld } from "../helpers/connect-twilio.ts";
import { askConsole } from "../helpers/console-client.ts";
import {
  addList,
  addPeople,
  ask,
  BY_PERSON,
  click,
  decisionsOn,
  expectOneRowEach,
  ledgerOf,
  moveTo,
  type RulesWorld,
  refusalOf,
} from "../helpers/contact-rules.ts";
import { type StartAnswer, waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { admin, readOutreach, untilOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

const [PLAIN, TAGGED, WESTERN, STOPS] = [9001, 9002, 9003, 9004];
const phoneOf = (id: number): string => `+1416555013${id % 10}`;

let at: RulesWorld;
beforeAll(async () => {
  // Tuesday, 11 pm in Toronto.
  const clock = createShiftingClock(Date.parse("2026-11-25T04:00:00Z"));
  const world = await startTwilioWorld({
    clock,
    tenant: { contact_hours: "real_channels", blocking_tags: ["No Calls"] },
  });
  // The one in Follow Up Boss, not the one at Twilio.
  at = { ...world, clock, account: world.sandbox.fub.account("fub-test") };
  addPeople(at, [
    { id: PLAIN, phone: phoneOf(PLAIN) },
    { id: TAGGED, phone: phoneOf(TAGGED) },
    { id: WESTERN, phone: phoneOf(WESTERN), state: "CA" },
    { id: STOPS, phone: phoneOf(STOPS) },
  ]);
});
afterAll(() => at.close());

const idOf = ({ status, body }: StartAnswer): string => {
  expect(status, JSON.stringify(body)).toBe(202);
  return body.engagement_id ?? "";
};
const sentTo = (id: number) => at.sandbox.twilio.messages.filter(({ to }) => to === phoneOf(id));
const tagsOf = (id: number) => at.account.people.find((person) => person.id === id)?.tags ?? [];
const handled = (words: string) =>
  waitFor(`a delivery: ${words}`, async () => {
    const { body } = await admin<{ deliveries: { result: string | null }[] }>(at, "GET", "/deliveries");
    return body.deliveries.find(({ result }) => result?.includes(words));
  });
const asAnn = () => campaignClient(at.url, campaignQuery({ account: at.account, userId: 2 }));
const entryOf = async (search: string) =>
  (
    await askConsole(
      at,
      suppressionPageSchema,
      `/suppressions?${new URLSearchParams({ tenant: "fub-test", search })}`,
    )
  ).suppressions[0];

test("hours hold where people are reached, and the simulator is exempt", async () => {
  for (const channel of ["phone", "sms", "wmsg"])
    expect(refusalOf(await click(at, PLAIN, { channel }))).toMatchObject({
      rule: "outside_hours",
      next_allowed_at: "2026-11-25T14:00:00.000Z",
    });
  expect(await untilOver(at, idOf(await click(at, PLAIN, { channel: "chat" })))).toMatchObject({
    outcome: "connected",
  });
  const waiting = idOf(
    await click(at, PLAIN, { channel: "sms", scheduled_time: "2026-11-25T14:00:00.000Z" }),
  );
  expect(sentTo(PLAIN)).toEqual([]);
  moveTo(at, "2026-11-25T14:00:00Z");
  expect(await untilOver(at, waiting)).toMatchObject({ status: "completed" });
  expect(sentTo(PLAIN)).toHaveLength(1);
});

describe("right before it goes out", () => {
  test("a tag that was put on by hand and told by nobody keeps them from being reached", async () => {
    tagsOf(TAGGED).push("do not contact");
    const id = idOf(await click(at, TAGGED, { channel: "sms" }));
    const over = await untilOver(at, id);
    expect(over).toMatchObject({ status: "failed", outcome: "opted_out", transcript: [] });
    expect(over.history.at(-1)?.detail).toContain("carries the tag “do not contact”");
    expect(await decisionsOn(at, id)).toEqual(["queue allowed", "launch refused opted_out"]);
    expect(sentTo(TAGGED)).toEqual([]);
    tagsOf(TAGGED).length = 0;
    expect(await untilOver(at, idOf(await click(at, TAGGED, { channel: "sms" })))).toMatchObject({
      status: "completed",
    });
  });

  test("while the CRM does not answer it waits, and goes out once it does", async () => {
    at.sandbox.fub.faults.add({ method: "GET", path: `/people/${PLAIN}`, kind: "status", times: 2 });
    const id = idOf(await click(at, PLAIN, { channel: "sms" }));
    await waitFor("both faults", () => (at.sandbox.fub.faults.list().length === 0 ? true : undefined));
    expect(await readOutreach(at, id)).toMatchObject({ status: "accepted", transcript: [] });
    at.clock.shift(10_000);
    expect(await untilOver(at, id)).toMatchObject({ status: "completed" });
    expect(await decisionsOn(at, id)).toEqual(["queue allowed", "launch allowed"]);
  });

  test("where it is too early at their address it waits", async () => {
    // What Follow Up Boss tells the page has no address.
    const id = idOf(await click(at, WESTERN, { channel: "sms" }));
    const held = await untilOutreach(at, id, "held", ({ history }) =>
      history.some(({ event }) => event === "held"),
    );
    expect(held).toMatchObject({ status: "queued", waits_until: "2026-11-25T17:00:00.000Z" });
    expect(held.history.at(-1)?.detail).toContain("in America/Los_Angeles");
    expect(sentTo(WESTERN)).toEqual([]);
    moveTo(at, "2026-11-25T17:00:00Z");
    expect(await untilOver(at, id)).toMatchObject({ status: "completed" });
    expect(await decisionsOn(at, id)).toEqual([
      "queue allowed",
      "launch held outside_hours",
      "launch allowed",
    ]);
  });
});

describe("a tag of the brokerage's own", () => {
  test("keeps the person out of campaigns, off every door once it was told, and lets go when it is gone", async () => {
    tagsOf(TAGGED).push(" no  calls");
    const byPerson = await ask(at, { person_id: TAGGED }, { path: BY_PERSON });
    expect(byPerson.body.error?.message).toContain("carries the tag “no  calls” in the CRM");
    const ann = await asAnn();
    const { body } = await ann.start({ smart_list_id: addList(at, [TAGGED, PLAIN]), channel: "sms" });
    expect(await ann.until(body.batch_id, isOver)).toMatchObject({ done: 1, skipped: { opted_out: 1 } });
    expect((await ledgerOf(at, { search: phoneOf(TAGGED) }))[0]).toMatchObject({
      campaign_id: body.batch_id,
      rule: "opted_out",
    });

    const tags = { data: { tags: ["No Calls"] } };
    await postWebhook(at.url, "fub-test", deliveryBody("peopleTagsCreated", [TAGGED], tags));
    await handled("1 are not to be contacted any more");
    expect(refusalOf(await click(at, TAGGED)).rule).toBe("opted_out");
    const row = await entryOf(String(TAGGED));
    expect(row).toMatchObject({ source: "crm_tag", contact: null, person_id: String(TAGGED) });
    const path = `/suppressions/${row?.id}/end`;
    const asked = await askConsole(at, endedSuppressionSchema, path, { method: "POST", body: {} });
    expect(asked.sentence).toContain("take the tag off there");

    tagsOf(TAGGED).length = 0;
    await postWebhook(at.url, "fub-test", deliveryBody("peopleUpdated", [TAGGED]));
    await handled("may be contacted again: the tag is gone");
    expect(await entryOf(String(TAGGED))).toBeUndefined();
    idOf(await click(at, TAGGED, { channel: "sms" }));
  });
});

test("STOP blocks every door and channel, tags the person, and is taken back with the tag", async () => {
  const first = idOf(await click(at, STOPS, { channel: "sms" }));
  await untilOver(at, first);
  const sender = sentTo(STOPS)[0]?.from ?? "";
  at.sandbox.twilio.text(phoneOf(STOPS), sender, "STOP");
  await waitFor("the tag", () => (tagsOf(STOPS).includes("Do Not Contact") ? true : undefined));
  for (const channel of ["phone", "sms", "wmsg", "chat"])
    expect(refusalOf(await click(at, STOPS, { channel })).rule).toBe("opted_out");
  const row = await entryOf(phoneOf(STOPS));
  expect(row).toMatchObject({ kind: "opt_out", scope: "all", source: "keyword", said: "STOP" });
  const ended = await askConsole(at, endedSuppressionSchema, `/suppressions/${row?.id}/end`, {
    method: "POST",
    body: { reason: "agreed in writing", confirm: phoneOf(STOPS) },
  });
  expect(ended).toMatchObject({ ended: true, sentence: "They may be contacted again from now on." });
  await waitFor("the tag to go", () => (tagsOf(STOPS).includes("Do Not Contact") ? undefined : true));
  idOf(await click(at, STOPS, { channel: "phone" }));
});

test("what was asked of Twilio is what Twilio takes", () => {
  expect(at.sandbox.twilio.violations).toEqual([]);
});

test("each attempt and each refusal is in the ledger once", () => expectOneRowEach(at));
