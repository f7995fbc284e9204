import { describe, expect, test } from "vitest";
import { timeFilter } from "../../../server/sandbox/twilio/rest/filter-times.ts";
import { basic, CONTACT, type Form, NOON, openTwilioSandbox } from "../../helpers/open-twilio-sandbox.ts";

const OWN = "+14165550180";
const CALL = { From: OWN, To: CONTACT, Twiml: "<Response/>" };
const TEXT = { From: OWN, To: CONTACT, Body: "Hello" };
const magic = (ending: string): string => `+1500555${ending}`;

test("an account is opened by its token or one of its keys, and by nothing else", async () => {
  const { call, demo, world } = await openTwilioSandbox();
  const { brokerage, stranger } = demo;
  const status = async (
    authorization: string,
    path = "/Calls.json",
  ): Promise<[number, number | undefined]> => {
    const { status: answered, body } = await call("GET", path, {}, { authorization });
    return [answered, body.code];
  };
  const { accountSid, authToken, apiKeySid, apiKeySecret } = brokerage;
  expect(await status(basic(accountSid, authToken))).toEqual([200, undefined]);
  expect(await status(basic(apiKeySid, apiKeySecret))).toEqual([200, undefined]);
  for (const bad of [
    ...["", "Bearer x", basic(accountSid, apiKeySecret), basic(apiKeySid, authToken), basic("", "")],
    ...[basic(stranger.accountSid, stranger.authToken), basic(stranger.apiKeySid, stranger.apiKeySecret)],
  ])
    expect(await status(bad), bad).toEqual([401, 20003]);
  // A standard key opens everything but the account itself.
  expect(await status(basic(accountSid, authToken), ".json")).toEqual([200, undefined]);
  expect(await status(basic(apiKeySid, apiKeySecret), ".json")).toEqual([401, 20003]);
  expect(world.requests.map(({ opened }) => opened).filter(Boolean)).toEqual([
    "token",
    "key",
    "token",
    "key",
  ]);
  expect(JSON.stringify(world.requests)).not.toContain(authToken);
  world.account(accountSid).status = "suspended";
  expect(await status(basic(accountSid, authToken))).toEqual([401, 20005]);
});

test("one account sees nothing of another's", async () => {
  const { call, demo, world } = await openTwilioSandbox();
  const as = { keys: demo.stranger };
  const [made, sent] = [await call("POST", "/Calls.json", CALL), await call("POST", "/Messages.json", TEXT)];
  await world.settle();
  for (const path of [
    `/Calls/${made.body.sid}.json`,
    `/Messages/${sent.body.sid}.json`,
    `/Calls/${made.body.sid}/Recordings.json`,
  ])
    expect((await call("GET", path, {}, as)).body.code, path).toBe(20404);
  expect((await call("GET", "/Calls.json", {}, as)).body.calls).toEqual([]);
  expect((await call("GET", "/Messages.json", {}, as)).body.messages).toEqual([]);
  expect((await call("POST", `/Calls/${made.body.sid}.json`, { Status: "completed" }, as)).body.code).toBe(
    20404,
  );
  expect((await call("POST", "/Calls.json", CALL, as)).body.code).toBe(21210);
  expect((await call("POST", "/Messages.json", TEXT, as)).body.code).toBe(21606);
});

describe("refusals with Twilio's codes", () => {
  test.each<[number, Form]>([
    [21201, { To: "" }],
    [21213, { From: "" }],
    [21205, { Twiml: "" }],
    [21205, { Url: "/relative" }],
    [21205, { Url: "http://under_score.example/x" }],
    [21609, { StatusCallback: "nowhere" }],
    [21205, { AsyncAmdStatusCallback: "nowhere" }],
    [21218, { ApplicationSid: `AP${"0".repeat(32)}` }],
    [32018, { Twiml: `<Response>${" ".repeat(4000)}</Response>` }],
    [21210, { From: "+14165550199" }],
    [21212, { From: "Aventora" }],
    [21211, { To: "12" }],
    [21211, { To: "+1 416 055 0131" }],
    [21215, { To: "+442079460000" }],
    [21216, { To: "+14165550166" }],
    [20001, { Timeout: 601 }],
    [20001, { Timeout: "soon" }],
    [20001, { SendDigits: "1234x" }],
    [20001, { MachineDetection: "enable" }],
    [20001, { Machinedetection: "Enable" }],
    [20001, { Twiml: ["<Response/>", "<Response/>"] }],
    [20001, { MachineDetectionTimeout: 121 }],
    [21212, { From: magic("0001") }],
    [21210, { From: magic("0002") }],
    [21217, { To: magic("0001") }],
    [21214, { To: magic("0002") }],
    [21215, { To: magic("0003") }],
    [21216, { To: magic("0004") }],
  ])("%i for the call %j", async (code, form) => {
    const { call, demo, world } = await openTwilioSandbox();
    world.account(demo.brokerage.accountSid).blocked.push("+14165550166");
    const { status, body } = await call("POST", "/Calls.json", { ...CALL, ...form });
    expect([status, body.code]).toEqual([400, code]);
    expect(world.calls).toEqual([]);
  });

  test.each<[number, Form]>([
    [21604, { To: "" }],
    [21603, { From: "" }],
    [21619, { Body: "" }],
    [21617, { Body: "x".repeat(1601) }],
    [21211, { To: "hello" }],
    [21408, { To: "+442079460000" }],
    [21606, { From: "+14165550111" }],
    [21701, { MessagingServiceSid: `MG${"0".repeat(32)}` }],
    [21609, { StatusCallback: "nowhere" }],
    [21620, { MediaUrl: ["https://a.example/x", "y"] }],
    [21655, { ContentSid: `HX${"0".repeat(32)}` }],
    [21910, { To: `whatsapp:${CONTACT}` }],
    [63007, { From: `whatsapp:${OWN}`, To: `whatsapp:${CONTACT}` }],
    [20001, { ValidityPeriod: 36_001 }],
    [20001, { body: "x" }],
    [35118, { ScheduleType: "fixed", SendAt: "2026-05-04T13:00:00Z" }],
    [35111, { ScheduleType: "fixed" }],
    [21212, { From: magic("0001") }],
    [21606, { From: magic("0007") }],
    [21611, { From: magic("0008") }],
    [21211, { To: magic("0001") }],
    [21612, { To: magic("0002") }],
    [21408, { To: magic("0003") }],
    [21610, { To: magic("0004") }],
    [21614, { To: magic("0009") }],
  ])("%i for the message %j", async (code, form) => {
    const { call, world } = await openTwilioSandbox();
    const { body } = await call("POST", "/Messages.json", { ...TEXT, ...form });
    expect(body.code).toBe(code);
    expect(world.messages).toEqual([]);
  });
});

test("a trial reaches verified numbers only; limits refuse what is above them", async () => {
  const { call, demo, world } = await openTwilioSandbox({ livePhones: true });
  const account = world.account(demo.brokerage.accountSid);
  account.type = "Trial";
  expect((await call("POST", "/Calls.json", CALL)).body.code).toBe(21219);
  expect((await call("POST", "/Messages.json", TEXT)).body.code).toBe(21608);
  expect((await call("POST", "/Calls.json", { ...CALL, To: demo.brokerage.verifiedNumber })).status).toBe(
    201,
  );
  Object.assign(account, { type: "Full", concurrentCalls: 1, senderQueue: 0 });
  expect((await call("POST", "/Calls.json", CALL)).body).toMatchObject({ code: 10004, status: 429 });
  expect((await call("POST", "/Messages.json", TEXT)).body.code).toBe(21611);
});

test("numbers whose script says so are refused so often; 06 once", async () => {
  const { call, world } = await openTwilioSandbox();
  const once = { ...CALL, To: "+14165550106" };
  const answers = [await call("POST", "/Calls.json", once), await call("POST", "/Calls.json", once)];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [503, 20503],
    [201, undefined],
  ]);
  world.setPersona(CONTACT, { refusal: { code: 21214, times: 2 } });
  for (const code of [21214, 21214, undefined])
    expect((await call("POST", "/Messages.json", TEXT)).body.code).toBe(code);
});

test("what Twilio would quietly ignore is written down as a mistake of the client", async () => {
  const { call, world } = await openTwilioSandbox();
  const mistakes: [Form, string][] = [
    [{ Machinedetection: "Enable" }, "Machinedetection is no parameter of POST /Calls.json"],
    [{ Twiml: ["<Response/>", "<Response/>"] }, "Twiml is given 2 times"],
    [{ MachineDetection: "enable" }, "MachineDetection may not be enable"],
  ];
  for (const [form, what] of mistakes) {
    const { body } = await call("POST", "/Calls.json", { ...CALL, ...form });
    expect([body.code, body.message]).toEqual([20001, expect.stringContaining(what)]);
  }
  expect(world.violations.map(({ what }) => what)).toEqual(mistakes.map(([, what]) => what));
});

test("only forms are read, and what is asked of the wrong place is not there", async () => {
  const { url, demo, call, world } = await openTwilioSandbox();
  const { accountSid, authToken } = demo.brokerage;
  const json = await fetch(`${url}/twilio/2010-04-01/Accounts/${accountSid}/Calls.json`, {
    method: "POST",
    headers: { authorization: basic(accountSid, authToken), "content-type": "application/json" },
    body: JSON.stringify(CALL),
  });
  expect([json.status, (await json.json()).code]).toEqual([400, 20001]);
  expect(world.violations).toMatchObject([{ what: expect.stringContaining("not a form") }]);
  expect((await call("GET", "/Calls")).body.code).toBe(20404);
  expect((await call("GET", "/Faxes.json")).body.code).toBe(20404);
  expect((await call("DELETE", "/Calls.json")).body.code).toBe(20004);
  expect((await call("POST", "/Calls.json?To=x", CALL)).body.code).toBe(20001);
});

test("faults: busy, failing, silent before and after it was stored, broken off, a page", async () => {
  const { call, world } = await openTwilioSandbox();
  world.faults.add({ kind: "429", times: 1, path: "/Calls.json", retryAfter: 2 });
  const busy = await call("POST", "/Calls.json", CALL);
  expect([busy.body.code, busy.headers.get("retry-after")]).toEqual([20429, "2"]);
  world.faults.add({ kind: "status", status: 500, times: 1, method: "POST" });
  expect((await call("POST", "/Messages.json", TEXT)).body.code).toBe(20500);
  expect([world.calls, world.messages]).toEqual([[], []]);
  world.faults.add({ kind: "reset", times: 1 });
  await expect(call("POST", "/Messages.json", TEXT)).rejects.toThrow();
  expect(world.messages).toEqual([]);
  for (const kind of ["timeout-before", "timeout-after-storing"] as const) {
    world.faults.add({ kind, times: 1 });
    void call("POST", "/Messages.json", TEXT).catch(() => undefined);
    while (world.requests.at(-1)?.fault !== kind) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(world.requests.slice(-2).map(({ status, answered }) => [status, answered])).toEqual([
    [0, false],
    [201, false],
  ]);
  await world.settle();
  expect(world.messages).toMatchObject([{ status: "delivered" }, { direction: "inbound" }]);
});

test("lists are newest first, in pages by token that stay put while something new comes in", async () => {
  const { call, client, world, time } = await openTwilioSandbox();
  for (let count = 0; count < 5; count += 1) {
    await call("POST", "/Messages.json", { ...TEXT, To: "+14165550102", Body: `No. ${count}` });
    time.now += 3_600_000;
  }
  await world.settle();
  const first = await call("GET", "/Messages.json", { PageSize: 2, From: "(416) 555-0180" });
  expect(first.body.messages.map(({ body }: { body: string }) => body)).toEqual(["No. 4", "No. 3"]);
  expect(first.body).toMatchObject({ page: 0, start: 0, end: 1, previous_page_uri: null });
  await call("POST", "/Messages.json", { ...TEXT, To: "+14165550102", Body: "Newer" });
  await world.settle();
  const query = Object.fromEntries(new URL(first.body.next_page_uri, "http://x").searchParams);
  const second = await call("GET", "/Messages.json", query);
  expect(second.body.messages.map(({ body }: { body: string }) => body)).toEqual(["No. 2", "No. 1"]);
  const all = await client().messages.list({ from: OWN, pageSize: 2 });
  expect(all.map(({ body }) => body)).toEqual(["Newer", "No. 4", "No. 3", "No. 2", "No. 1", "No. 0"]);
  for (const wrong of [
    { PageSize: 0 },
    { PageSize: 1001 },
    { Page: 1 },
    { Page: 1, PageToken: "PAx" },
    { "DateSent>": "yesterday" },
  ])
    expect((await call("GET", "/Messages.json", wrong)).body.code).toBe(20001);
  const since = await client().messages.list({ from: OWN, dateSentAfter: new Date(NOON + 3 * 3_600_000) });
  expect(since.map(({ body }) => body)).toEqual(["Newer", "No. 4", "No. 3"]);
});

test.each([
  ["2026-05-04", "2026-05-04T00:00:00Z", true],
  ["2026-05-04", "2026-05-05T00:00:00Z", false],
  [">2026-05-04", "2026-05-04T00:00:00Z", true],
  ["<2026-05-04", "2026-05-04T00:00:00Z", false],
  [">2026-05-04T12:00:01.900Z", "2026-05-04T12:00:01Z", true],
  [">2026-05-04 12:00:01", "2026-05-04T12:00:00.999Z", false],
  [">Wed, 19 Jun 2019 22:04:00 -0000", "2019-06-19T22:04:00Z", true],
  [">2026-05-04", null, false],
] as const)("StartTime%s and %s", (filter, at, kept) => {
  const [, sign = "", value = ""] = /^([<>]?)(.*)$/.exec(filter) ?? [];
  const keeps = timeFilter({ [`StartTime${sign}`]: [value] }, "StartTime");
  expect(keeps?.(at === null ? null : Date.parse(at))).toBe(kept);
});

test("a number tells where it announces what comes in, and can be told", async () => {
  const { call, client, demo } = await openTwilioSandbox();
  const [number] = await client().incomingPhoneNumbers.list({ phoneNumber: demo.brokerage.annNumber });
  expect(number).toMatchObject({ smsUrl: "", capabilities: { voice: true, sms: true } });
  const changed = await client()
    .incomingPhoneNumbers(number?.sid ?? "")
    .update({ smsUrl: "https://gw.example/x", smsMethod: "GET" });
  expect(changed).toMatchObject({ smsUrl: "https://gw.example/x", smsMethod: "GET", voiceUrl: "" });
  expect(
    (await call("POST", `/IncomingPhoneNumbers/${number?.sid}.json`, { SmsUrl: "nowhere" })).status,
  ).toBe(400);
});
