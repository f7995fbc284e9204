// What Twilio tells of texts lost, doubled, disordered or wrongly signed, told by GET, and while the gateway was off: the same
// conversation in the end. And what is no word of Twilio's at the door for texts.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { demoTwilio } from "../../server/sandbox/twilio/demo-twilio.ts";
import { callbackPath, startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { restartGateway } from "../helpers/restart-gateway.ts";
import { countStored, type SentAsTwilio, sendAsTwilio } from "../helpers/send-as-twilio.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import {
  admin,
  journalOf,
  listed,
  readOutreach,
  untilOutreach,
  untilOver,
} from "../helpers/talk-to-gateway.ts";
import {
  addContact,
  type Contact,
  conversation,
  received,
  suppressions,
  textTo,
  untilDelivered,
  untilTagged,
  write,
} from "../helpers/text-contacts.ts";

const { brokerage, stranger } = demoTwilio();
const [POLL_MS, LOOK_MS, NIGHT_MS] = [61_000, 301_000, 10 * 3_600_000];
const clock = createShiftingClock();
let world: TwilioTestWorld;
beforeAll(async () => {
  world = await startTwilioWorld({ clock, sandboxClock: clock });
  world.sandbox.fub.options.limits.notes = null;
  await waitFor("the first look at what was written", looked);
});
afterAll(() => world.close());

const looked = () =>
  world.sandbox.twilio.requests.find(
    ({ method, path, status }) => method === "GET" && path.endsWith("/Messages.json") && status === 200,
  );

describe("a conversation", () => {
  /** Opening, answer and reply, all delivered; as it stands in the end, times aside. */
  async function talk(contact: Contact, timePasses: boolean) {
    const id = await textTo(world, contact);
    const settle = async (ms: number): Promise<void> => {
      await world.sandbox.twilio.settle();
      if (timePasses) clock.shift(ms);
    };
    await untilOutreach(world, id, "handed over", ({ history }) => history.length > 1);
    await settle(POLL_MS);
    await untilDelivered(world, id);
    write(world, contact, "Yes, at ten");
    await settle(LOOK_MS);
    await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1);
    await admin(world, "POST", `/engagements/${id}/messages`, {
      text: "See you then.",
      click_id: "click-0001",
    });
    await untilOutreach(world, id, "said", ({ transcript }) => transcript.length > 2);
    await settle(POLL_MS);
    const { status, outcome, transcript, history } = await readOutreach(world, id);
    return {
      ...{ status, outcome },
      said: transcript.map(({ direction, text }) => `${direction}: ${text}`),
      history: history
        .filter(({ event }) => event !== "crm_written")
        .map(({ event, detail }) => `${event}: ${detail}`),
      received: received(world, contact).length,
    };
  }

  test.each([
    ["lost", 11],
    ["twice", 12],
    ["late", 13],
    ["last", 14],
    ["wrong_token", 15],
    ["wrong_host", 16],
  ] as const)("comes to the same with callbacks that are %s", async (kind, nth) => {
    const usual = await talk(addContact(world, nth + 100), false);
    world.sandbox.twilio.callbackFaults.add({ kind, times: 99 });
    onTestFinished(() => world.sandbox.twilio.callbackFaults.clear());
    const told = await talk(addContact(world, nth), ["lost", "wrong_token", "wrong_host"].includes(kind));
    expect(told).toEqual(usual);
    expect(usual).toMatchObject({ status: "in_progress", outcome: null, received: 2 });
    expect(usual.said).toHaveLength(3);
  });

  test("is heard, too, where the brokerage chose GET at Twilio", async () => {
    const number = world.sandbox.twilio.account(brokerage.accountSid).numbers[0];
    Object.assign(number ?? {}, { smsMethod: "GET" });
    const robin = addContact(world, 30);
    write(world, robin, "Über & out? 100% = yes", number?.phoneNumber);
    const row = await waitFor(
      "its row",
      async () => (await listed(world, `search=${robin.number.slice(1)}`)).engagements[0],
    );
    expect((await readOutreach(world, row.engagement_id)).transcript).toMatchObject([
      { text: "Über & out? 100% = yes" },
    ]);
  });
});

describe("at the door for texts", () => {
  const send = (sent: Pick<SentAsTwilio, "path"> & Partial<SentAsTwilio>): Promise<number> =>
    sendAsTwilio(world.url, { publicUrl: world.url, token: brokerage.authToken, params: {}, ...sent });
  const typed = (type: string) => ({ "content-type": type });
  const words = { AccountSid: brokerage.accountSid, MessageSid: `SM${"5".repeat(32)}`, To: brokerage.number };

  test("what is not signed for it, is too long or no form is turned away, told in the journal and stored nowhere", async () => {
    const robin = addContact(world, 40);
    const id = await textTo(world, robin);
    await untilDelivered(world, id);
    await world.sandbox.twilio.settle();
    const inbound = await callbackPath(world, { kind: "inbound", tenant: "fub-test" });
    const status = await callbackPath(world, { kind: "message-status", engagementId: id, ref: "opening.1" });
    const said = { ...words, From: robin.number, Body: "STOP" };
    const failed = { ...words, MessageStatus: "failed", ErrorCode: "21610" };
    const before = [countStored(world.dataDir), await readOutreach(world, id)];
    const refused = async () =>
      (await journalOf(world, "event=twilio.refused")).map(({ message }) => message);
    const toldBefore = (await refused()).length;
    const elsewhere = `https://other.example${status}`;
    const table: readonly (readonly [sent: Parameters<typeof send>[0], status: number, says?: RegExp])[] = [
      [{ path: inbound, params: said, unsigned: true }, 403, /no X-Twilio-Signature/],
      [{ path: inbound, params: said, token: stranger.authToken }, 403, /Copy the auth token again/],
      [{ path: status, params: failed, signed: elsewhere }, 403, /SERVER_URL/],
      [{ path: status, params: failed, body: `${new URLSearchParams(failed)}&To=1` }, 403, /does not fit/],
      [
        { path: inbound, params: said, body: JSON.stringify(said), headers: typed("application/json") },
        403,
        /without the fields/,
      ],
      [{ path: inbound.replace("fub-test", "fub-solo"), params: said }, 404, /never gave out/],
      [{ path: status.replace(id, `${id.slice(0, -1)}x`), params: failed }, 404, /never gave out/],
      [{ path: status.replace("opening.1", "opening.2"), params: failed }, 404, /never gave out/],
      [{ path: inbound, params: { ...said, Body: "x".repeat(200_000) } }, 413],
      [{ path: inbound, body: "a=1&".repeat(2_000) }, 400],
      [
        { path: inbound, params: said, headers: typed("application/x-www-form-urlencoded; charset=klingon") },
        415,
      ],
    ];
    for (const [index, [sent, answered]] of table.entries())
      expect(await send(sent), String(index)).toBe(answered);
    const says = table.flatMap(([, , words]) => words ?? []);
    const told = await waitFor("the journal", async () => {
      // Callbacks of earlier tests may still come, refused as well.
      const all = (await refused()).reverse().slice(toldBefore);
      const matching = (words: RegExp) => all.filter((message) => words.test(message)).length;
      const due = (words: RegExp) => says.filter(({ source }) => source === words.source).length;
      return says.every((words) => matching(words) >= due(words)) ? all : undefined;
    });
    expect(told.join()).not.toContain(brokerage.authToken);
    expect([countStored(world.dataDir), await readOutreach(world, id)]).toEqual(before);
    expect(await send({ path: inbound, params: said })).toBe(200);
    expect(await suppressions(world, robin.number)).toHaveLength(1);
  });

  test("what is signed but makes no sense is taken without failing, and changes nothing that was known", async () => {
    const robin = addContact(world, 41);
    const id = await textTo(world, robin, { type: "informational" });
    const ended = await untilOver(world, id);
    const path = (kind: "inbound" | "message-status") =>
      callbackPath(
        world,
        kind === "inbound" ? { kind, tenant: "fub-test" } : { kind, engagementId: id, ref: "opening.1" },
      );
    const [inbound, status] = [await path("inbound"), await path("message-status")];
    const values = [
      "",
      "exploded",
      "-1",
      "1e999",
      "\u0000",
      "🏡".repeat(500),
      "__proto__",
      "9".repeat(40),
      "' OR 1=1",
    ];
    const fields = [
      "MessageSid",
      "MessageStatus",
      "ErrorCode",
      "From",
      "To",
      "Body",
      "NumMedia",
      "OptOutType",
      "constructor",
    ];
    const odd: string[] = [];
    for (const [index, field] of fields.entries())
      for (const [place, value] of values.entries()) {
        const about = place % 2 === 0 ? inbound : status;
        const params = {
          ...words,
          MessageSid: `SM${String(index * 10 + place).padStart(32, "0")}`,
          From: robin.number,
        };
        const answered = await send({ path: about, params: { ...params, Body: "Hi", [field]: value } });
        if (answered !== 200 && answered !== 204) odd.push(`${field}=${value.slice(0, 9)}: ${answered}`);
      }
    expect(odd).toEqual([]);
    expect(await readOutreach(world, id)).toMatchObject({ status: ended.status, summary: ended.summary });
    expect(world.logLines.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
  });
});

// Last: the world goes on with another gateway.
test("what was written and delivered while the gateway was off all night is taken in when it is back", async () => {
  const [asleep, leaves, later] = [addContact(world, 50), addContact(world, 51), addContact(world, 52)];
  const [never, unsaid] = [addContact(world, 53), addContact(world, 54)];
  const quietly = await textTo(world, leaves);
  await untilDelivered(world, quietly);
  const scheduled = { type: "informational", scheduled_time: new Date(clock.now() + NIGHT_MS).toISOString() };
  const [greeting, planned] = [await textTo(world, asleep), await textTo(world, later, scheduled)];
  const unwanted = await textTo(world, never, scheduled);
  const talk = await textTo(world, unsaid);
  for (const id of [greeting, talk]) await untilDelivered(world, id);
  await admin(world, "POST", "/outreach/pause", {});
  await admin(world, "POST", `/engagements/${talk}/messages`, { text: "And?", click_id: "click-0001" });
  world = await restartGateway(world, {
    clock,
    meanwhile: async () => {
      write(world, asleep, "Are you there?");
      write(world, leaves, "please stop texting me");
      for (const contact of [never, unsaid]) write(world, contact, "Take me off your list");
      await world.sandbox.twilio.settle();
      clock.shift(NIGHT_MS);
    },
  });
  await admin(world, "POST", "/outreach/resume", {});
  await untilOutreach(world, greeting, "answered", ({ transcript }) => transcript.length > 1);
  await untilTagged(world, leaves);
  expect(await untilOver(world, quietly)).toMatchObject({ outcome: "not_interested" });
  await waitFor("the confirmation", () => received(world, leaves)[1]);
  expect(await untilOver(world, planned)).toMatchObject({ outcome: "delivered" });
  expect(received(world, asleep)).toHaveLength(1);
  // What was due in the morning, too, was asked about only when it was read what they wrote.
  expect(await untilOver(world, unwanted)).toMatchObject({ status: "failed", outcome: "opted_out" });
  await waitFor(
    "the refusal",
    async () => (await conversation(world, talk)).pending[0]?.state === "refused" || undefined,
  );
  for (const [contact, opened] of [
    [never, 0],
    [unsaid, 1],
  ] as const) {
    await waitFor("the confirmation", () => received(world, contact)[opened]);
    expect(received(world, contact)).toHaveLength(opened + 1);
  }
  expect(world.sandbox.twilio.violations).toEqual([]);
});
