import { expect, test } from "vitest";
import type { TwilioOptions } from "../../../server/sandbox/twilio/create-twilio-state.ts";
import type { TwilioCall } from "../../../server/sandbox/twilio/voice/call-types.ts";
import { twiml } from "../../helpers/customer-server.ts";
import { CONTACT, openTwilioSandbox } from "../../helpers/open-twilio-sandbox.ts";

const AGENT = "+14165550111";
const OWN = "+14165550180";
const OTHER = "+14165550132";

/** An agent's call whose only document is this Dial; its action is /after. */
async function openDial(inside: string, attributes = "", options: TwilioOptions = {}) {
  const sandbox = await openTwilioSandbox(options);
  const { call, world, customer } = sandbox;
  customer.on("/call", twiml(`<Dial action="/after" ${attributes}>${inside}</Dial>`));
  customer.on("/after", twiml("<Say>Done.</Say>"));
  const form = { To: AGENT, From: OWN, Url: `${customer.origin}/call` };
  const { sid } = (await call("POST", "/Calls.json", form)).body;
  const legs = (): TwilioCall[] => world.calls.filter(({ parentCallSid }) => parentCallSid === sid);
  return { ...sandbox, sid, legs, after: () => customer.to("/after")[0]?.params };
}

test.each([
  ["01", { DialCallStatus: "no-answer", DialBridged: "false" }, "no-answer", []],
  ["02", { DialCallStatus: "busy" }, "busy", []],
  ["03", { DialCallStatus: "completed", DialBridged: "true", DialCallDuration: "42" }, "completed", []],
  ["04", { DialCallStatus: "failed" }, "failed", [13224]],
  ["05", { DialCallStatus: "completed", DialCallDuration: "9" }, "completed", []],
])("the party ends in %s: %j", async (ending, params, status, alerts) => {
  const { world, legs, after } = await openDial(`+141655501${ending}`);
  await world.settle();
  expect(after()).toMatchObject({ ...params, DialCallSid: legs()[0]?.sid });
  if (status !== "completed") expect(after()).not.toHaveProperty("DialCallDuration");
  expect(legs()).toMatchObject([{ status, from: OWN, direction: "outbound-dial" }]);
  expect(world.alerts.map(({ code }) => code)).toEqual(alerts);
  // The agent hangs up on a machine; everybody else's call goes on.
  if (ending !== "03") expect(world.calls[0]?.heard.at(-1)?.text).toBe("Done.");
});

test.each([
  ["callerId='+14165550199'", CONTACT, 13214],
  ["", "hello", 13223],
  ["", "+442079460000", 13227],
])("Dial %s %s is not done (%i)", async (attributes, number, code) => {
  const { world, legs, after } = await openDial(number, attributes);
  await world.settle();
  expect(after()).toMatchObject({ DialCallStatus: "failed", DialBridged: "false" });
  expect(after()).not.toHaveProperty("DialCallSid");
  expect([legs(), world.alerts.map((alert) => alert.code)]).toEqual([[], [code]]);
});

test.each(["callerId='+14165550111'", "callerId='+14165550181'", ""])(
  "the caller ID may be %s",
  async (attributes) => {
    const { world, legs } = await openDial(CONTACT, attributes);
    await world.settle();
    expect(legs()).toMatchObject([{ status: "completed", from: /\+\d+/.exec(attributes)?.[0] ?? OWN }]);
  },
);

test("several ring at once, the first to pick up is connected; or one after the other", async () => {
  const scripts = { [CONTACT]: { answersAfterMs: 9_000 }, [OTHER]: { answersAfterMs: 2_000 } };
  const numbers = `<Number>${CONTACT}</Number><Number>${OTHER}</Number><Number>+14165550102</Number>`;
  const together = await openDial(numbers, "", { scripts });
  await together.world.settle();
  expect(together.legs().map(({ status }) => status)).toEqual(["canceled", "completed", "busy"]);
  expect(together.after()).toMatchObject({
    DialCallSid: together.legs()[1]?.sid,
    DialCallStatus: "completed",
  });
  const inTurn = await openDial(numbers, "sequential='true' timeout='5'", { scripts });
  await inTurn.world.settle();
  expect(inTurn.legs().map(({ status }) => status)).toEqual(["no-answer", "completed"]);
});

test.each([
  ["1", "true", true],
  ["2", "false", false],
])("what only the called party hears decides: %s", async (digits, bridged, connected) => {
  const { world, customer, after, legs } = await openDial(`<Number url="/whisper">${CONTACT}</Number>`, "", {
    scripts: { [CONTACT]: { turns: [{ digits }] } },
  });
  customer.on(
    "/whisper",
    twiml(`<Gather numDigits="1" action="/choice"><Say>Press 1.</Say></Gather><Hangup/>`),
  );
  // A whisper may not dial.
  const refusal = "<Dial>+14165550133</Dial><Say>As you like.</Say><Hangup/>";
  customer.on("/choice", ({ params }) => twiml(params.Digits === "1" ? "" : refusal));
  await world.settle();
  expect(after()).toMatchObject({ DialCallStatus: "completed", DialBridged: bridged });
  expect(customer.to("/choice")[0]?.params).toMatchObject({
    CallSid: legs()[0]?.sid,
    Direction: "outbound-dial",
  });
  expect(legs()).toHaveLength(1);
  expect(world.violations.map(({ what }) => what)).toEqual(
    connected ? [] : ["<Dial> is unknown in a whisper"],
  );
  expect(legs()[0]?.heard.some(({ text }) => text.startsWith("Connected"))).toBe(connected);
});

test("a message is left for a machine by redirecting the party, while the agent goes on", async () => {
  const number = `<Number machineDetection="DetectMessageEnd" amdStatusCallback="/amd">${CONTACT}</Number>`;
  const { world, customer, call, legs, after } = await openDial(number, "", {
    scripts: { [CONTACT]: { rings: "live", greetingMs: 3_000 } },
  });
  customer.on("/amd", async ({ params }) => {
    const drop = "<Response><Say>Please call us back.</Say><Hangup/></Response>";
    await call("POST", `/Calls/${params.CallSid}.json`, { Twiml: drop });
    return { status: 204 };
  });
  await world.until(() => world.phone(CONTACT).calls.at(-1)?.state === "ringing");
  world.act(CONTACT, { act: "voicemail" });
  await world.settle();
  expect(customer.to("/amd")[0]?.params.AnsweredBy).toBe("machine_end_beep");
  expect(after()).toMatchObject({
    DialCallStatus: "completed",
    DialBridged: "true",
    DialCallSid: legs()[0]?.sid,
  });
  expect(legs()[0]).toMatchObject({ status: "completed", answeredBy: "machine_end_beep" });
  expect(legs()[0]?.heard.filter(({ kind }) => kind === "say")).toMatchObject([
    { text: "Please call us back.", recorded: true },
  ]);
  expect(world.calls[0]?.heard.at(-1)?.text).toBe("Done.");
});

test("who dialled hangs up: the party's phone stops ringing, and the action is told though nothing comes of it", async () => {
  const number = `<Number statusCallback="/leg" statusCallbackEvent="ringing completed">${CONTACT}</Number>`;
  const { world, customer, legs, after } = await openDial(number, "timeout='40'", {
    scripts: { [AGENT]: { staysMs: 12_000 }, [CONTACT]: { rings: "no_answer" } },
  });
  await world.settle();
  expect(world.calls[0]).toMatchObject({ status: "completed", duration: 12 });
  expect(legs()).toMatchObject([{ status: "canceled", duration: null }]);
  expect(customer.to("/leg").map(({ params }) => params.CallStatus)).toEqual(["ringing", "canceled"]);
  expect(after()).toMatchObject({
    DialCallStatus: "canceled",
    CallStatus: "completed",
    DialBridged: "false",
  });
  expect(world.calls[0]?.heard.map(({ text }) => text)).not.toContain("Done.");
});

test("a connection ends with its time limit, with the agent's patience, or by the API", async () => {
  const limited = await openDial(CONTACT, "timeLimit='15'");
  await limited.world.settle();
  expect(limited.after()).toMatchObject({ DialCallDuration: "15" });
  const short = await openDial(CONTACT, "", { scripts: { [AGENT]: { talksMs: 5_000 } } });
  await short.world.settle();
  expect(short.legs()).toMatchObject([{ status: "completed", duration: 5 }]);
  const ended = { DialCallStatus: "completed", CallStatus: "completed", DialBridged: "true" };
  expect(short.after()).toMatchObject(ended);
  const byHand = await openDial(CONTACT, "", { scripts: { [CONTACT]: { rings: "live" } } });
  const { world, call } = byHand;
  await world.until(() => world.phone(CONTACT).calls.at(-1)?.state === "ringing");
  world.act(CONTACT, { act: "answer" });
  await world.until(() => byHand.legs()[0]?.bridgedWith === byHand.sid);
  await call("POST", `/Calls/${byHand.legs()[0]?.sid}.json`, { Status: "completed" });
  await world.settle();
  expect(byHand.after()).toMatchObject({ DialCallStatus: "completed", CallStatus: "in-progress" });
});

test("on WhatsApp a business calls only from where Meta lets it, and only whom lets it", async () => {
  const party = `<WhatsApp statusCallback="/leg">${CONTACT}</WhatsApp>`;
  const canadian = await openDial(party, "callerId='whatsapp:+14165550190'");
  await canadian.world.settle();
  expect([canadian.legs(), canadian.world.alerts.map(({ code }) => code)]).toEqual([[], [13214]]);
  const british = "callerId='whatsapp:+447700900190'";
  const let_in = await openDial(party, british);
  await let_in.world.settle();
  expect(let_in.legs()).toMatchObject([
    { status: "completed", to: `whatsapp:${CONTACT}`, from: "whatsapp:+447700900190" },
  ]);
  const not = await openDial(party, british, { scripts: { [CONTACT]: { whatsappCalls: false } } });
  await not.world.settle();
  expect(not.legs()).toMatchObject([{ status: "failed", sipCode: 403 }]);
});
