import { describe, expect, test } from "vitest";
import type { PhoneScript } from "../../../server/sandbox/twilio/phones/phone-script.ts";
import { type CustomerAnswer, twiml } from "../../helpers/customer-server.ts";
import { CONTACT, type Form, type OpenTwilio, openTwilioSandbox } from "../../helpers/open-twilio-sandbox.ts";

const OWN = "+14165550180";
const SAY = "<Response><Say>Your viewing is on Friday.</Say></Response>";

/** Begins a call and lets it run to its end. */
async function run({ call, world }: OpenTwilio, form: Form) {
  const { body } = await call("POST", "/Calls.json", { From: OWN, To: CONTACT, ...form });
  await world.settle();
  return (await call("GET", `/Calls/${body.sid}.json`)).body;
}

test.each([
  ["01", "no-answer", null, 487],
  ["02", "busy", null, 486],
  ["03", "completed", "2", 200],
  ["04", "failed", null, 404],
  ["05", "completed", "2", 200],
  ["31", "completed", "2", 200],
])("a phone that ends in %s: %s", async (ending, status, duration, sip) => {
  const sandbox = await openTwilioSandbox();
  const ended = await run(sandbox, { To: `+141655501${ending}`, Twiml: SAY });
  expect(ended).toMatchObject({ status, duration, queue_time: "0" });
  expect(sandbox.world.calls[0]?.sipCode).toBe(sip);
  expect(ended.end_time === null).toBe(status !== "completed");
});

describe("machine detection", () => {
  const machine: Partial<PhoneScript> = { answeredBy: "machine", greetingMs: 6_000 };
  test.each<[Form, Partial<PhoneScript>, string | null, boolean]>([
    [{ MachineDetection: "Enable" }, {}, "human", false],
    [{ MachineDetection: "Enable" }, machine, "machine_start", false],
    [{ MachineDetection: "DetectMessageEnd" }, machine, "machine_end_beep", true],
    [
      { MachineDetection: "DetectMessageEnd" },
      { ...machine, greetingEnds: "silence" },
      "machine_end_silence",
      true,
    ],
    [{ MachineDetection: "DetectMessageEnd", MachineDetectionTimeout: 4 }, machine, "unknown", false],
    [{ MachineDetection: "Enable" }, { answeredBy: "fax" }, "fax", false],
    [{ MachineDetection: "Enable" }, { answeredBy: "unknown" }, "unknown", false],
    [{ MachineDetection: "Enable", SendDigits: "ww12" }, machine, null, false],
    [{}, machine, null, false],
  ])("%j with %j is %s", async (form, script, answeredBy, recorded) => {
    const sandbox = await openTwilioSandbox({ scripts: { [CONTACT]: script } });
    sandbox.customer.on("/call", { type: "text/xml", body: SAY });
    const ended = await run(sandbox, { ...form, Url: `${sandbox.customer.origin}/call` });
    expect(ended.answered_by).toBe(answeredBy);
    expect(sandbox.customer.to("/call")[0]?.params.AnsweredBy).toBe(answeredBy ?? undefined);
    const said = sandbox.world.calls[0]?.heard.find(({ kind }) => kind === "say");
    // A mailbox keeps what is said after its beep; four seconds of a document may fall into its greeting.
    expect(said?.recorded).toBe(recorded);
  });

  test("in the background it is told, and the document does not wait for it", async () => {
    const sandbox = await openTwilioSandbox({ scripts: { [CONTACT]: machine } });
    const { customer } = sandbox;
    customer.on("/call", twiml("<Pause length='20'/>"));
    await run(sandbox, {
      ...{ Url: `${customer.origin}/call`, MachineDetection: "DetectMessageEnd" },
      ...{ AsyncAmd: "true", AsyncAmdStatusCallback: `${customer.origin}/amd` },
    });
    expect(customer.to("/call")[0]?.params).not.toHaveProperty("AnsweredBy");
    expect(customer.to("/amd").map(({ params }) => params)).toEqual([
      {
        ...{ CallSid: sandbox.world.calls[0]?.sid, AccountSid: sandbox.demo.brokerage.accountSid },
        ...{ AnsweredBy: "machine_end_beep", MachineDetectionDuration: "6500" },
      },
    ]);
  });
});

describe("documents", () => {
  test.each<[string, CustomerAnswer, number[]]>([
    ["an error", { status: 500 }, [11200]],
    ["a redirect", { status: 302, headers: { Location: "/good" } }, [11200]],
    ["silence", { hang: true }, [11200]],
    ["a broken connection", { reset: true }, [11200]],
    ["no XML", { type: "text/xml", body: "<Response>" }, [12100]],
    ["nothing", { type: "text/xml" }, [12100]],
    ["another root", { type: "application/xml", body: "<html/>" }, [12100]],
    ["JSON", { type: "application/json", body: "{}" }, [12300]],
    ["no type", { body: "<Response/>" }, [12300]],
    ["too much", { type: "text/xml", body: `<Response>${" ".repeat(70_000)}</Response>` }, [11750]],
    ["an unknown verb", twiml("<Sing>La</Sing><Say>Go on</Say>"), [12200]],
    ["an attribute that is none", twiml("<Say tone='low'>Go on</Say>"), [12200]],
    ["an address that is none", twiml("<Redirect>ftp://x/y</Redirect>"), [11100]],
    ["an automated voice", twiml("<Connect><ConversationRelay url='wss://x/y'/></Connect>"), [64101]],
    ["plain text, which is read out", { type: "text/plain", body: "Go on" }, []],
  ])("%s", async (_name, answer, codes) => {
    const sandbox = await openTwilioSandbox();
    sandbox.customer.on("/call", answer);
    const patience = answer.hang ? "#tt=150" : "";
    const ended = await run(sandbox, { Url: `${sandbox.customer.origin}/call${patience}` });
    expect(ended.status).toBe("completed");
    expect(sandbox.world.alerts.map(({ code }) => code)).toEqual(codes);
    expect(sandbox.world.violations).toHaveLength(codes[0] === 12200 ? 1 : 0);
    expect(sandbox.customer.to("/good")).toEqual([]);
    const said = sandbox.world.calls[0]?.heard.map(({ text }) => text);
    if (codes[0] === 12200 || codes.length === 0) expect(said).toEqual(["Go on"]);
    else if (codes[0] !== 11100 && codes[0] !== 64101)
      expect(said).toEqual([expect.stringContaining("application error")]);
  });

  test("a fallback is told what went wrong and takes over", async () => {
    const sandbox = await openTwilioSandbox();
    const { customer, world } = sandbox;
    customer.on("/call", { status: 500 });
    customer.on("/fallback", { type: "text/xml", body: SAY });
    await run(sandbox, { Url: `${customer.origin}/call`, FallbackUrl: `${customer.origin}/fallback` });
    expect(customer.to("/fallback")[0]?.params).toMatchObject({
      ErrorCode: "11200",
      ErrorUrl: `${customer.origin}/call`,
    });
    expect(world.calls[0]?.heard[0]?.text).toBe("Your viewing is on Friday.");
  });

  test("sounds are fetched from this machine only, and have to be sounds", async () => {
    const sandbox = await openTwilioSandbox();
    const { customer, world } = sandbox;
    customer.on("/a.mp3", { type: "audio/mpeg", body: "..." });
    customer.on("/b.mp3", { type: "text/html", body: "..." });
    customer.on(
      "/call",
      twiml(
        "<Play>/a.mp3</Play><Play>/b.mp3</Play><Play>https://sounds.example/c.mp3</Play><Play digits='1w2'/>",
      ),
    );
    await run(sandbox, { Url: `${customer.origin}/call` });
    expect(world.calls[0]?.heard.map(({ text }) => text)).toEqual([
      `${customer.origin}/a.mp3`,
      "https://sounds.example/c.mp3",
      "1w2",
    ]);
    expect(world.alerts.map(({ code }) => code)).toEqual([12300]);
  });
});

describe("Gather", () => {
  const turns: [string, Partial<PhoneScript>, Record<string, string> | undefined][] = [
    ["numDigits='1'", { turns: [{ digits: "12" }] }, { Digits: "1" }],
    ["", { turns: [{ digits: "12#4" }] }, { Digits: "12" }],
    ["finishOnKey='*'", { turns: [{ digits: "1#*" }] }, { Digits: "1#" }],
    [
      "input='speech'",
      { turns: [{ says: "Tomorrow", digits: "1" }] },
      { SpeechResult: "Tomorrow", Confidence: "0.92150" },
    ],
    ["input='speech dtmf'", { turns: [{ digits: "7" }] }, { Digits: "7" }],
    ["input='speech'", { turns: [{ digits: "7" }] }, undefined],
    ["timeout='3'", { turns: [{ digits: "7", afterMs: 3_500 }] }, undefined],
    ["", { answeredBy: "machine" }, undefined],
    ["actionOnEmptyResult='true'", { turns: [{}] }, { Digits: "" }],
    ["input='speech' actionOnEmptyResult='true'", { turns: [{}] }, { SpeechResult: "" }],
    ["", { turns: [{ hangsUp: true }] }, undefined],
  ];
  test.each(turns)("%s with %j", async (attributes, script, params) => {
    const sandbox = await openTwilioSandbox({ scripts: { [CONTACT]: script } });
    const { customer, world } = sandbox;
    customer.on(
      "/call",
      twiml(`<Gather action="/got" method="GET" ${attributes}><Say>Well?</Say></Gather><Say>Nothing.</Say>`),
    );
    customer.on("/got", twiml("<Hangup/>"));
    await run(sandbox, { Url: `${customer.origin}/call` });
    if (params) expect(customer.to("/got")[0]?.params).toMatchObject(params);
    else expect(customer.to("/got")).toEqual([]);
    const goneOn = world.calls[0]?.heard.some(({ text }) => text === "Nothing.");
    expect(goneOn).toBe(params === undefined && !script.turns?.[0]?.hangsUp);
  });
});

test("keys too few are waited for until the pause is long enough", async () => {
  const sandbox = await openTwilioSandbox({ scripts: { [CONTACT]: { turns: [{ digits: "12" }] } } });
  const { customer } = sandbox;
  customer.on("/call", twiml(`<Gather numDigits="3" timeout="7" action="/got"/>`));
  customer.on("/got", twiml("<Hangup/>"));
  // One second to press them, seven for a third.
  expect(await run(sandbox, { Url: `${customer.origin}/call` })).toMatchObject({ duration: "8" });
  expect(customer.to("/got")[0]?.params.Digits).toBe("12");
});

describe("while it goes on", () => {
  test("the API ends, cancels and redirects, each only where it can", async () => {
    const { call, world } = await openTwilioSandbox({ livePhones: true });
    const start = async (): Promise<string> =>
      (
        await call("POST", "/Calls.json", {
          From: OWN,
          To: CONTACT,
          Twiml: "<Response><Gather timeout='600'/></Response>",
        })
      ).body.sid;
    const change = async (sid: string, form: Form) => (await call("POST", `/Calls/${sid}.json`, form)).body;
    const [first, second] = [await start(), await start()];
    expect(await change(first, { Status: "canceled" })).toMatchObject({ status: "canceled", duration: null });
    await world.until(() => world.phone(CONTACT).calls.at(-1)?.state === "ringing");
    expect((await change(second, { Twiml: SAY })).code).toBe(21220);
    world.act(CONTACT, { act: "answer" });
    await world.until(() => world.calls.at(-1)?.asking !== null);
    expect((await change(second, { Status: "canceled" })).status).toBe("in-progress");
    await change(second, { Twiml: SAY });
    await world.settle();
    expect(world.calls.at(-1)?.heard.map(({ text }) => text)).toEqual(["Your viewing is on Friday."]);
    expect((await change(second, { Status: "completed" })).code).toBe(21220);
    const third = await start();
    await world.until(() => world.phone(CONTACT).calls.at(-1)?.state === "ringing");
    world.act(CONTACT, { act: "answer" });
    await world.until(() => world.calls.at(-1)?.asking !== null);
    expect(await change(third, { Status: "completed" })).toMatchObject({
      status: "completed",
      duration: "1",
    });
    await world.settle();
  });

  test("limits and people end it; recordings last as long", async () => {
    const sandbox = await openTwilioSandbox({ scripts: { "+14165550132": { staysMs: 7_000 } } });
    const { customer } = sandbox;
    const long = { Twiml: "<Response><Pause length='100'/></Response>" };
    const recorded = {
      ...{ Record: "true", RecordingChannels: "dual", RecordingStatusCallback: `${customer.origin}/r` },
      ...{
        RecordingStatusCallbackEvent: ["in-progress", "completed"],
        StatusCallback: `${customer.origin}/s`,
      },
    };
    expect(await run(sandbox, { ...long, ...recorded, TimeLimit: 20 })).toMatchObject({
      status: "completed",
      duration: "20",
    });
    expect(await run(sandbox, { ...long, To: "+14165550132" })).toMatchObject({ duration: "7" });
    expect(customer.to("/r").map(({ params }) => params.RecordingStatus)).toEqual([
      "in-progress",
      "completed",
    ]);
    expect(customer.to("/s")[0]?.params).toMatchObject({
      RecordingDuration: "20",
      CallDuration: "20",
      RecordingSid: expect.stringMatching(/^RE/),
    });
    customer.on("/record", twiml("<Record action='/kept' maxLength='30'/>"));
    sandbox.world.setPersona(CONTACT, { turns: [{ says: "Please call me back tomorrow." }] });
    await run(sandbox, { Url: `${customer.origin}/record` });
    expect(customer.to("/kept")[0]?.params).toMatchObject({
      RecordingDuration: "3",
      RecordingUrl: expect.stringContaining("/twilio/2010-04-01/"),
    });
  });

  test("events in one field are not understood: only the end is told", async () => {
    const sandbox = await openTwilioSandbox();
    const { customer, world } = sandbox;
    await run(sandbox, {
      Twiml: SAY,
      StatusCallback: `${customer.origin}/s`,
      StatusCallbackEvent: "initiated ringing",
    });
    expect(customer.to("/s").map(({ params }) => params.CallStatus)).toEqual(["completed"]);
    expect([world.alerts.map(({ code }) => code), world.violations.length]).toEqual([[21626], 1]);
  });
});

test("a call that comes in is answered by its number's address, or rejected", async () => {
  const { world, customer, demo } = await openTwilioSandbox();
  const number = world.account(demo.brokerage.accountSid).numbers[0];
  const from = "+14165550131";
  expect(world.ring(from, OWN).status).toBe("failed");
  Object.assign(number ?? {}, { voiceUrl: `${customer.origin}/in`, statusCallback: `${customer.origin}/s` });
  for (const [answer, status] of [
    [twiml("<Reject reason='busy'/>"), "busy"],
    [twiml("<Reject/>"), "no-answer"],
    [twiml("<Say>Hello.</Say>"), "completed"],
  ] as const) {
    customer.on("/in", answer);
    const call = world.ring(from, OWN);
    await world.settle();
    expect(call.status).toBe(status);
  }
  expect(customer.to("/in")[0]?.params).toMatchObject({
    Direction: "inbound",
    CallStatus: "ringing",
    From: from,
    To: OWN,
  });
  expect(customer.to("/s").map(({ params }) => params.CallStatus)).toEqual([
    "busy",
    "no-answer",
    "completed",
  ]);
  expect(() => world.ring(from, "+14165550199")).toThrow(/no account/);
});
