import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SandboxClock } from "../../../server/sandbox/sandbox-types.ts";
import { countSegments } from "../../../server/sandbox/twilio/messages/count-segments.ts";
import { readKeyword } from "../../../server/sandbox/twilio/messages/handle-keywords.ts";
import { readVariables } from "../../../server/sandbox/twilio/messages/render-template.ts";
import type { Delivery, PhoneScript } from "../../../server/sandbox/twilio/phones/phone-script.ts";
import { type CustomerAnswer, twiml } from "../../helpers/customer-server.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { CONTACT, NOON, type OpenTwilio, openTwilioSandbox } from "../../helpers/open-twilio-sandbox.ts";

const OWN = "+14165550180";
const HOUR = 3_600_000;

/** A brokerage number that announces what comes in, and a way to see how a message went. */
async function openMessages(script: Partial<PhoneScript> = { replies: [] }, clock?: SandboxClock) {
  const scripts = { [CONTACT]: script, "+14165550132": { replies: [] } };
  const sandbox = await openTwilioSandbox({ scripts }, clock);
  const { world, customer, demo, call } = sandbox;
  const account = world.account(demo.brokerage.accountSid);
  for (const number of account.numbers) number.smsUrl = `${customer.origin}/in`;
  for (const sender of account.whatsappSenders) sender.url = `${customer.origin}/in`;
  const send = async (form: Record<string, string>) => {
    const given = { From: OWN, To: CONTACT, StatusCallback: `${customer.origin}/s`, ...form };
    const { body } = await call("POST", "/Messages.json", given);
    await world.settle();
    const ended = (await call("GET", `/Messages/${body.sid}.json`)).body;
    const statuses = customer.to("/s").filter(({ params }) => params.MessageSid === body.sid);
    return {
      ended,
      created: body,
      statuses: statuses.map(({ params }) => params.MessageStatus),
      last: statuses.at(-1)?.params,
    };
  };
  return { ...sandbox, account, send };
}

test.each<[Partial<PhoneScript>, string[], number | null]>([
  [{}, ["sending", "sent", "delivered"], null],
  [{ sms: "sent" }, ["sending", "sent"], null],
  [{ sms: { undelivered: 30003 } }, ["sending", "sent", "undelivered"], 30003],
  [{ sms: { failed: 30008 } }, ["sending", "failed"], 30008],
  [{ landline: true }, ["sending", "sent", "undelivered"], 30006],
])("a text to a phone with %j: %j", async (script, statuses, code) => {
  const { send, customer } = await openMessages({ replies: [], ...script });
  const sent = await send({ Body: "Hello" });
  expect(sent.created).toMatchObject({ status: "queued", date_sent: null, num_segments: "1" });
  expect([sent.statuses, sent.ended.error_code, sent.ended.status]).toEqual([
    statuses,
    code,
    statuses.at(-1),
  ]);
  expect(sent.last?.ErrorCode).toBe(code === null ? undefined : String(code));
  expect(customer.requests.every(({ genuine }) => genuine)).toBe(true);
});

describe("WhatsApp", () => {
  const chat = { From: "whatsapp:+14165550190", To: `whatsapp:${CONTACT}` };
  test("a text of one's own is for a day after the contact wrote, a template for any time", async () => {
    const { send, world, demo, time } = await openMessages();
    const shut = await send({ ...chat, Body: "Hi" });
    expect([shut.statuses, shut.ended.error_code]).toEqual([["sending", "failed"], 63016]);
    const template = { ...chat, ContentSid: demo.brokerage.contentSid, ContentVariables: '{"1":"Nivia"}' };
    const first = await send(template);
    expect(first.ended.body).toBe(
      "Hello Nivia, this is your brokerage. May I write to you here about your home search?",
    );
    expect(first.statuses).toEqual(["sending", "sent", "delivered", "read"]);
    expect(first.last).toMatchObject({
      ChannelPrefix: "whatsapp",
      EventType: "READ",
      ChannelToAddress: chat.To,
    });
    world.text(chat.To, chat.From, "Yes", { profileName: "Nivia" });
    time.now += 23 * HOUR;
    expect((await send({ ...chat, Body: "Great" })).ended.status).toBe("read");
    // Another sender has a window of its own.
    const other = await send({ ...chat, From: "whatsapp:+447700900190", Body: "Hi" });
    expect(other.ended.error_code).toBe(63016);
    time.now += 2 * HOUR;
    expect((await send({ ...chat, Body: "Still there?" })).ended.error_code).toBe(63016);
  });

  test("STOP blocks nobody by itself, and what comes in tells who wrote", async () => {
    const { send, world, customer } = await openMessages();
    world.text(chat.To, chat.From, "STOP", {
      profileName: "Nivia",
      button: { text: "Stop", payload: "stop-1" },
    });
    await world.settle();
    expect(customer.to("/in")[0]?.params).toMatchObject({
      ...{ From: chat.To, To: chat.From, Body: "STOP", ProfileName: "Nivia", WaId: CONTACT.slice(1) },
      ...{ MessageType: "button", ButtonText: "Stop", ButtonPayload: "stop-1" },
    });
    expect([world.notices, world.optOuts]).toEqual([[], []]);
    expect((await send({ ...chat, Body: "One more" })).ended.status).toBe("read");
  });

  test.each<[Delivery, string, number]>([
    [{ failed: 63003 }, "failed", 63003],
    [{ undelivered: 63024 }, "undelivered", 63024],
  ])("%j", async (whatsapp, status, code) => {
    const { send, demo } = await openMessages({ whatsapp, replies: [] });
    const { ended } = await send({ ...chat, ContentSid: demo.brokerage.contentSid });
    expect(ended).toMatchObject({ status, error_code: code });
  });

  test.each(["nothing", "[]", '{"1":2}', "null"])("variables may not be %s", async (text) => {
    expect(readVariables(text)).toBeUndefined();
    const { call, demo } = await openMessages();
    const form = { ...chat, ContentSid: demo.brokerage.contentSid, ContentVariables: text };
    expect((await call("POST", "/Messages.json", form)).body.code).toBe(21656);
  });
});

describe("keywords", () => {
  test.each([
    ...["STOP", "stop", " Stop\n", "STOPALL", "UNSUBSCRIBE", "cancel", "END", "quit", "REVOKE", "OptOut"].map(
      (word) => [word, "STOP"],
    ),
    ...["START", "yes", "UNSTOP"].map((word) => [word, "START"]),
    ...["HELP", "info"].map((word) => [word, "HELP"]),
    ...["STOP please", "Stop.", "do not stop", "", "NO", "ＳＴＯＰ"].map((word) => [word, null]),
  ])("%j is %s", (text, keyword) => {
    expect(readKeyword(text ?? "", OWN)).toBe(keyword);
  });

  test("a toll-free number's network knows fewer", () => {
    const read = (word: string) => readKeyword(word, "+18335550100");
    expect(["STOP", "END", "YES", "UNSTOP", "START", "HELP"].map(read)).toEqual([
      "STOP",
      null,
      null,
      "START",
      "START",
      "HELP",
    ]);
  });

  test("each is confirmed when it changes something; help is for those who are in", async () => {
    const { world, customer, send } = await openMessages();
    const say = (word: string): number => {
      world.text(CONTACT, OWN, word);
      return world.notices.length;
    };
    expect(["yes", "HELP", "stop", "stop", "HELP", "START", "START"].map(say)).toEqual([0, 1, 2, 2, 2, 3, 3]);
    await world.settle();
    // All of them are passed on all the same.
    expect(customer.to("/in")).toHaveLength(7);
    expect(world.phone(CONTACT).messages.filter(({ automatic }) => automatic)).toHaveLength(3);
    expect((await send({ Body: "Welcome back" })).ended.status).toBe("delivered");
  });

  test("with the account's own opt-outs the webhook says which it was, and an answer to STOP is not sent", async () => {
    const { world, customer, account, demo } = await openMessages();
    for (const service of account.services) service.advancedOptOut = true;
    customer.on("/in", twiml("<Message>You are out.</Message>"));
    world.text(CONTACT, demo.brokerage.annNumber, "STOP");
    await world.settle();
    expect(customer.to("/in")[0]?.params.OptOutType).toBe("STOP");
    expect(world.messages.map(({ direction }) => direction)).toEqual(["inbound"]);
    expect(world.alerts.map(({ code }) => code)).toEqual([21610]);
  });
});

describe("answers to what comes in", () => {
  const sent = ({ world }: Pick<OpenTwilio, "world">) =>
    world.messages
      .filter(({ direction }) => direction === "outbound-reply")
      .map(({ from, to, body }) => [from, to, body]);
  test.each<[string, CustomerAnswer, string[][], number[]]>([
    ["nothing", { status: 204 }, [], []],
    ["an empty Response", twiml(""), [], []],
    [
      "messages",
      twiml(
        "<Message>One</Message><Message to='+14165550132' from='+14165550181'><Body>Two</Body></Message>",
      ),
      [
        [OWN, CONTACT, "One"],
        ["+14165550181", "+14165550132", "Two"],
      ],
      [],
    ],
    ["plain text, which is a message", { type: "text/plain", body: "OK" }, [[OWN, CONTACT, "OK"]], []],
    ["an empty message", twiml("<Message><Body/></Message>"), [], [12200, 14103]],
    ["too long", twiml(`<Message>${"x".repeat(1601)}</Message>`), [], [21617]],
    ["a voice verb", twiml("<Say>Hi</Say>"), [], [12200]],
    ["JSON", { type: "application/json", body: "{}" }, [], [12300]],
    ["an error", { status: 500 }, [["+14165550180", CONTACT, "Fallback"]], [11200]],
    ["elsewhere", twiml("<Redirect>/else</Redirect>"), [[OWN, CONTACT, "Else"]], []],
  ])("%s", async (_name, answer, messages, codes) => {
    const sandbox = await openMessages();
    const { world, customer, account } = sandbox;
    for (const number of account.numbers) number.smsFallbackUrl = `${customer.origin}/fallback`;
    customer.on("/in", answer);
    customer.on("/else", twiml("<Message statusCallback='/told'>Else</Message>"));
    customer.on("/fallback", ({ params }) =>
      params.ErrorCode === "11200" ? twiml("<Message>Fallback</Message>") : { status: 204 },
    );
    world.text(CONTACT, OWN, "Hello", { media: ["https://pictures.example/1.jpg"] });
    await world.settle();
    expect(sent(sandbox)).toEqual(messages);
    expect(world.alerts.map(({ code }) => code)).toEqual(codes);
    expect(customer.to("/in")[0]?.params).toMatchObject({
      NumMedia: "1",
      MediaUrl0: "https://pictures.example/1.jpg",
    });
    if (messages[0]?.[2] === "Else")
      expect(customer.to("/told").at(-1)?.params.MessageStatus).toBe("delivered");
  });
});

test("a service keeps to the number a contact knows; a scheduled message waits, or is canceled", async () => {
  const clock = createFakeClock(NOON);
  const { call, world, demo } = await openMessages({ replies: [] }, clock);
  const { messagingServiceSid: MessagingServiceSid, benNumber, annNumber } = demo.brokerage;
  const form = { To: CONTACT, MessagingServiceSid, Body: "Hello" };
  await call("POST", "/Messages.json", form);
  await world.settle();
  expect(world.messages.at(-1)?.from).toBe(annNumber);
  world.text(CONTACT, benNumber, "Hi Ben");
  await call("POST", "/Messages.json", form);
  await world.settle();
  expect(world.messages.at(-1)?.from).toBe(benNumber);
  const later = { ...form, ScheduleType: "fixed", SendAt: new Date(NOON + HOUR).toISOString() };
  expect(
    (await call("POST", "/Messages.json", { ...later, SendAt: new Date(NOON + 60_000).toISOString() })).body
      .code,
  ).toBe(35114);
  const { body } = await call("POST", "/Messages.json", later);
  expect(body).toMatchObject({ status: "scheduled", date_sent: null });
  expect((await call("POST", `/Messages/${body.sid}.json`, { Status: "canceled" })).body.status).toBe(
    "canceled",
  );
  const { body: second } = await call("POST", "/Messages.json", later);
  await clock.advance(HOUR);
  await world.settle();
  expect((await call("GET", `/Messages/${body.sid}.json`)).body.status).toBe("canceled");
  const delivered = (await call("GET", `/Messages/${second.sid}.json`)).body;
  expect(delivered).toMatchObject({ status: "delivered", date_sent: "Mon, 04 May 2026 13:00:00 +0000" });
  expect((await call("POST", `/Messages/${second.sid}.json`, { Status: "canceled" })).body.code).toBe(30409);
  expect((await call("POST", `/Messages/${second.sid}.json`, { Body: "" })).body.body).toBe("");
});

test("people write back what their script has, one for each message that arrives", async () => {
  const { send, world } = await openMessages({ replies: ["Who is this?", "Ah, hello."] });
  for (const body of ["One", "Two", "Three"]) await send({ Body: body });
  expect(world.phone(CONTACT).messages.map(({ direction, text }) => [direction, text])).toEqual([
    ...[
      ["received", "One"],
      ["sent", "Who is this?"],
      ["received", "Two"],
      ["sent", "Ah, hello."],
      ["received", "Three"],
    ],
  ]);
});

test("segments", () => {
  expect(
    ["", "x".repeat(160), "x".repeat(161), "€".repeat(80), "€".repeat(81), "é".repeat(160)].map(
      countSegments,
    ),
  ).toEqual([1, 1, 2, 1, 2, 1]);
  expect(
    ["漢".repeat(70), "漢".repeat(71), "ê", "x".repeat(306), "x".repeat(307)].map(countSegments),
  ).toEqual([1, 2, 1, 2, 3]);
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => countSegments(one + two) >= countSegments(one)),
    { numRuns: 100 },
  );
});
