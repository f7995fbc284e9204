import { expect, test } from "vitest";
import type { TwilioWorld } from "../../server/sandbox/twilio/create-twilio-world.ts";
import { twiml } from "../helpers/customer-server.ts";
import { createFakeClock } from "../helpers/fake-clock.ts";
import { CONTACT, NOON, openTwilioSandbox } from "../helpers/open-twilio-sandbox.ts";

const AGENT = "+14165550111";

/** The words of a leg's status callbacks, in the order they were sent. */
const told = (world: TwilioWorld, sid: string): string[] =>
  world.callbacks
    .filter((each) => each.kind === "call-status" && each.sid === sid)
    .map(({ params }) => `${params.SequenceNumber} ${params.CallStatus}`);

test("the agent presses 1 and is connected with the contact; every request is signed as the official SDK checks", async () => {
  const { client, world, customer, demo } = await openTwilioSandbox();
  const { origin } = customer;
  customer.on(
    "/agent",
    twiml(`<Gather numDigits="1" timeout="8" action="/bridge?k=a%20b"><Say>Press 1.</Say></Gather>`),
  );
  customer.on("/bridge", ({ params }) =>
    twiml(
      params.Digits === "1"
        ? `<Dial callerId="${AGENT}" timeout="25" action="/after" record="record-from-answer-dual"
             recordingStatusCallback="/recorded"><Number statusCallback="/leg"
             statusCallbackEvent="initiated ringing answered completed" machineDetection="Enable"
             amdStatusCallback="/amd">${CONTACT}</Number></Dial>`
        : "<Hangup/>",
    ),
  );
  customer.on("/after", twiml("<Hangup/>"));
  const sdk = client();
  const created = await sdk.calls.create({
    ...{ to: AGENT, from: demo.brokerage.number, url: `${origin}/agent` },
    ...{
      statusCallback: `${origin}/status#rc=2&rp=all`,
      statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    },
    ...{ timeout: 20 },
  });
  expect(created).toMatchObject({
    status: "queued",
    direction: "outbound-api",
    duration: null,
    queueTime: "0",
  });
  await world.settle();

  const [leg] = await sdk.calls.list({ parentCallSid: created.sid });
  expect(leg).toMatchObject({
    status: "completed",
    direction: "outbound-dial",
    duration: "42",
    from: AGENT,
    to: CONTACT,
  });
  expect(leg?.answeredBy).toBe("human");
  expect(await sdk.calls(created.sid).fetch()).toMatchObject({ status: "completed", answeredBy: null });
  const stages = ["0 initiated", "1 ringing", "2 in-progress", "3 completed"];
  expect(told(world, created.sid)).toEqual(stages);
  expect(told(world, leg?.sid ?? "")).toEqual(stages);
  expect(customer.to("/after").map(({ params }) => params)).toMatchObject([
    {
      ...{ DialCallStatus: "completed", DialCallSid: leg?.sid, DialCallDuration: "42", DialBridged: "true" },
      ...{ CallSid: created.sid, CallStatus: "in-progress", RecordingDuration: "42" },
    },
  ]);
  expect(customer.to("/leg").at(-1)?.params).toMatchObject({
    ...{ ParentCallSid: created.sid, CallDuration: "42", Duration: "1", SipResponseCode: "200" },
    Timestamp: expect.stringMatching(/^Mon, 04 May 2026 12:0\d:\d\d \+0000$/),
  });
  expect(customer.to("/amd")[0]?.params).toMatchObject({ AnsweredBy: "human", CallSid: leg?.sid });
  expect(customer.to("/recorded")[0]?.params).toMatchObject({
    RecordingStatus: "completed",
    RecordingChannels: "2",
  });
  const recordings = await sdk.calls(created.sid).recordings.list();
  expect(recordings).toMatchObject([{ source: "DialVerb", channels: 2, duration: "42" }]);
  const sound = await fetch(customer.to("/recorded")[0]?.params.RecordingUrl ?? "");
  expect([sound.status, sound.headers.get("content-type")]).toEqual([200, "audio/wav"]);
  expect(customer.requests.filter(({ genuine }) => !genuine)).toEqual([]);
  expect([world.violations, world.alerts]).toEqual([[], []]);
});

test("an agent's mailbox that answers presses nothing, so the contact is never called", async () => {
  const { client, world, customer, demo } = await openTwilioSandbox();
  customer.on(
    "/agent",
    twiml(`<Gather numDigits="1" action="/bridge"><Say>Press 1.</Say></Gather><Hangup/>`),
  );
  const { sid } = await client().calls.create({
    ...{ to: "+14165550103", from: demo.brokerage.number, url: `${customer.origin}/agent` },
  });
  await world.settle();
  expect(world.calls.map((call) => [call.sid, call.status])).toEqual([[sid, "completed"]]);
  expect(customer.to("/bridge")).toEqual([]);
});

test("texts go out by the messaging service, are answered, and STOP is Twilio's own affair", async () => {
  const { client, world, customer, demo } = await openTwilioSandbox({
    scripts: { [CONTACT]: { replies: ["Sure!"] } },
  });
  const { brokerage } = demo;
  const number = world
    .account(brokerage.accountSid)
    .numbers.find((each) => each.phoneNumber === brokerage.annNumber);
  if (number) number.smsUrl = `${customer.origin}/inbound`;
  const sdk = client();
  const statusCallback = `${customer.origin}/message`;
  const sent = await sdk.messages.create({
    ...{ to: CONTACT, messagingServiceSid: brokerage.messagingServiceSid, body: "Hello?", statusCallback },
  });
  expect(sent).toMatchObject({ status: "accepted", from: null, numSegments: "0" });
  await world.settle();
  expect(customer.to("/message").map(({ params }) => params.MessageStatus)).toEqual([
    ...["queued", "sending", "sent", "delivered"],
  ]);
  expect(await sdk.messages(sent.sid).fetch()).toMatchObject({
    status: "delivered",
    from: brokerage.annNumber,
  });
  expect(customer.to("/inbound")[0]?.params).toMatchObject({
    ...{ From: CONTACT, To: brokerage.annNumber, Body: "Sure!", NumMedia: "0", SmsStatus: "received" },
    ...{ MessagingServiceSid: brokerage.messagingServiceSid, FromCity: "TORONTO", FromCountry: "CA" },
  });
  const inbound = await sdk.messages.list({ to: brokerage.annNumber, dateSentAfter: new Date(NOON) });
  expect(inbound).toMatchObject([{ direction: "inbound", status: "received", body: "Sure!" }]);

  world.text(CONTACT, brokerage.annNumber, " stop ");
  await world.settle();
  expect(customer.to("/inbound").at(-1)?.params).not.toHaveProperty("OptOutType");
  expect(world.notices.map(({ text }) => text)).toEqual([expect.stringContaining("unsubscribed")]);
  // The whole service is blocked, by whichever of its numbers.
  for (const from of [brokerage.annNumber, brokerage.benNumber])
    await expect(sdk.messages.create({ to: CONTACT, from, body: "Still there?" })).rejects.toMatchObject({
      code: 21610,
    });
  await expect(
    sdk.messages.create({ to: CONTACT, from: brokerage.number, body: "Me too" }),
  ).resolves.toBeDefined();
  world.text(CONTACT, brokerage.benNumber, "Start");
  await expect(
    sdk.messages.create({ to: CONTACT, from: brokerage.annNumber, body: "Again" }),
  ).resolves.toBeDefined();
  await world.settle();
  expect(customer.requests.filter(({ genuine }) => !genuine)).toEqual([]);
});

test("a number becomes a caller ID once its owner has keyed in the code", async () => {
  const { client, world, customer, demo } = await openTwilioSandbox();
  const sdk = client();
  const phone = demo.brokerage.unverifiedNumber;
  const call = { to: CONTACT, from: phone, twiml: "<Response/>" };
  await expect(sdk.calls.create(call)).rejects.toMatchObject({ code: 21210, status: 400 });
  const request = await sdk.validationRequests.create({
    ...{ phoneNumber: phone, friendlyName: "Ben", statusCallback: `${customer.origin}/verified` },
  });
  expect(request).toMatchObject({ phoneNumber: phone, validationCode: expect.stringMatching(/^\d{6}$/) });
  await world.settle();
  const [callerId] = await sdk.outgoingCallerIds.list({ phoneNumber: phone });
  expect(customer.to("/verified")[0]?.params).toMatchObject({
    ...{ VerificationStatus: "success", OutgoingCallerIdSid: callerId?.sid, CallSid: request.callSid },
  });
  await expect(sdk.calls.create(call)).resolves.toMatchObject({ from: phone });
  await sdk.outgoingCallerIds(callerId?.sid ?? "").remove();
  expect(await sdk.outgoingCallerIds.list()).toHaveLength(1);
  await expect(
    sdk.validationRequests.create({ phoneNumber: demo.brokerage.verifiedNumber }),
  ).rejects.toMatchObject({ code: 21450 });
  await world.settle();
});

test("a clock that a test moves drives calls: one a second, each as long as it rings and talks", async () => {
  const clock = createFakeClock(NOON);
  const { client, world, demo } = await openTwilioSandbox({ speed: 1 }, clock);
  const sdk = client();
  const sids: string[] = [];
  for (const to of [CONTACT, "+14165550101", "+14165550102"]) {
    const { sid, queueTime } = await sdk.calls.create({
      ...{ to, from: demo.brokerage.number, twiml: "<Response><Pause length='30'/></Response>", timeout: 20 },
    });
    sids.push(sid);
    expect(queueTime).toBe(String((sids.length - 1) * 1000));
  }
  const statuses = (): string[] =>
    sids.map((sid) => world.calls.find((call) => call.sid === sid)?.status ?? "");
  await clock.advance(1_500);
  expect(statuses()).toEqual(["ringing", "initiated", "queued"]);
  await clock.advance(5_000);
  expect(statuses()).toEqual(["in-progress", "ringing", "busy"]);
  await clock.advance(20_000);
  expect(statuses()).toEqual(["in-progress", "no-answer", "busy"]);
  await clock.advance(10_000);
  expect(statuses()).toEqual(["completed", "no-answer", "busy"]);
  expect(world.calls.map(({ duration, sipCode }) => [duration, sipCode])).toEqual([
    [30, 200],
    [null, 487],
    [null, 486],
  ]);
});

test("answered by hand: rings until somebody decides, hears what is said, takes keys and words", async () => {
  const { client, world, customer, demo } = await openTwilioSandbox({ livePhones: true });
  customer.on(
    "/call",
    twiml(`<Gather input="speech dtmf" action="/said" timeout="60"><Say>How are you?</Say></Gather>`),
  );
  customer.on("/said", ({ params }) =>
    twiml(
      `<Say>You said ${params.SpeechResult ?? params.Digits}.</Say><Pause length="1"/><Redirect>/call</Redirect>`,
    ),
  );
  const phone = () => world.phone(CONTACT);
  const state = (): string | undefined => phone().calls.at(-1)?.state;
  const call = { to: CONTACT, from: demo.brokerage.number, url: `${customer.origin}/call` };
  await client().calls.create(call);
  await world.until(() => state() === "ringing");
  expect(world.act(CONTACT, { act: "say", text: "nobody hears this" })).toBe(false);
  expect(world.act(CONTACT, { act: "answer" })).toBe(true);
  await world.until(() => phone().calls.at(-1)?.call.asking?.speech === true);
  world.act(CONTACT, { act: "say", text: "Fine" });
  await world.until(() => customer.to("/said").length === 1 && phone().calls.at(-1)?.call.asking !== null);
  world.act(CONTACT, { act: "press", keys: "42#" });
  await world.until(() => customer.to("/said").length === 2 && phone().calls.at(-1)?.call.asking !== null);
  world.act(CONTACT, { act: "hang_up" });
  await world.settle();
  expect(customer.to("/said").map(({ params }) => params.SpeechResult ?? params.Digits)).toEqual([
    "Fine",
    "42",
  ]);
  expect(phone().calls[0]?.call.heard.map(({ text }) => text)).toEqual([
    ...[
      "How are you?",
      "Fine",
      "You said Fine.",
      "How are you?",
      "42",
      "You said 42.",
      "How are you?",
      "Hangs up.",
    ],
  ]);
  for (const [act, status] of [
    ["decline", "busy"],
    ["ignore", "no-answer"],
  ] as const) {
    const { sid } = await client().calls.create(call);
    await world.until(() => state() === "ringing");
    world.act(CONTACT, { act });
    await world.settle();
    expect(world.calls.find((each) => each.sid === sid)?.status).toBe(status);
  }
});
