// What a call over Twilio with the agent first comes to, through the whole gateway: the contact's leg decides, and the person
// in Follow Up Boss has one record of it.
import { afterEach, describe, expect, it } from "vitest";
import { demoTwilio } from "../../server/sandbox/twilio/demo-twilio.ts";
import type { PhoneScript } from "../../server/sandbox/twilio/phones/phone-script.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { journalOf, readOutreach, untilCrm, untilOver, untilQuiet } from "../helpers/talk-to-gateway.ts";
import {
  ANN,
  BEN,
  callsTo,
  callToEnd,
  expectClean,
  heardAt,
  NIVIA,
  placedCalls,
  recordRequests,
  recordsOf,
  SAM,
  startCall,
} from "../helpers/watch-voice.ts";

let world: TwilioTestWorld;
afterEach(() => world.close());

const VOICEMAIL = "Hello, this is Ann of Maple Street. Please call me back when you can.";
const persona = (number: string, script: Partial<PhoneScript>): void =>
  world.sandbox.twilio.setPersona(number, script);
const FAX: Partial<PhoneScript> = { answeredBy: "fax", staysMs: 9_000 };

describe("with the agent on the line", () => {
  it("each end of the contact's leg is the outcome, its length the duration, and one record says so", async () => {
    world = await startTwilioWorld({ tenant: { voicemail_text: VOICEMAIL } });
    persona("+14165550106", FAX);
    const table = [
      [SAM, "connected", "Interested"],
      ["+14165550101", "no_answer", "No Answer"],
      ["+14165550102", "busy", "Busy"],
      ["+14165550103", "voicemail", "Left Message"],
      ["+14165550104", "invalid_phone", "Bad Number"],
      ["+14165550106", "no_answer", "No Answer"],
    ] as const;
    for (const [phone, outcome, label] of table) {
      const ended = await callToEnd(world, phone);
      const [leg, ...others] = callsTo(world, phone);
      expect(others).toEqual([]);
      const duration = leg?.status === "completed" ? leg.duration : null;
      expect(ended, phone).toMatchObject({ status: "completed", outcome, duration });
      expect(recordsOf(world, phone), phone).toMatchObject([
        { outcome: label, duration: duration ?? 0, fromNumber: ANN, toNumber: phone, isIncoming: false },
      ]);
      expect(recordsOf(world, phone)[0]?.note).toContain(ended.summary);
      expect(leg).toMatchObject({ from: ANN, direction: "outbound-dial" });
    }
    expect(placedCalls(world).map(({ to, from }) => [to, from])).toEqual(
      table.map(() => [ANN, world.account.number]),
    );
    expect(heardAt(world, "+14165550103")).toEqual([VOICEMAIL]);
    expect(recordRequests(world, "PUT")).toEqual([]);
    await expectClean(world);
  });

  it("a machine without a message to leave is no answer; so long a talk is one, whatever it was taken for", async () => {
    world = await startTwilioWorld();
    persona(SAM, { answeredBy: "machine", staysMs: 30_000 });
    persona("+14165550105", { answeredBy: "machine", staysMs: 400_000, talksMs: 300_000 });
    persona(ANN, { turns: [{ digits: "1" }], afterwards: { digits: "1" }, talksMs: 300_000 });
    const machine = await callToEnd(world, SAM);
    expect(machine.history.map(({ event }) => event)).toContain("voicemail_no_message");
    expect(await callToEnd(world, "+14165550105")).toMatchObject({ outcome: "connected", duration: 300 });
    expect(
      [SAM, "+14165550105"].map((phone) => recordsOf(world, phone).map(({ outcome }) => outcome)),
    ).toEqual([["No Answer"], ["Interested"]]);
    await expectClean(world);
  });

  it("nobody is called, and nothing recorded of the contact, unless the agent presses 1", async () => {
    world = await startTwilioWorld({ tenant: { voicemail_text: VOICEMAIL } });
    const table: readonly (readonly [string, Partial<PhoneScript>, string])[] = [
      ["their voicemail answers", { answeredBy: "machine" }, "agent_no_answer"],
      ["they press another key", { turns: [{ digits: "2" }] }, "agent_no_answer"],
      ["they press nothing", { turns: [{}], afterwards: {} }, "agent_no_answer"],
      ["they hang up", { turns: [{ hangsUp: true }] }, "agent_no_answer"],
      ["they let it ring", { rings: "no_answer" }, "agent_no_answer"],
      ["their line is busy", { rings: "busy" }, "agent_busy"],
      ["their number does not exist", { rings: "invalid" }, "agent_failed"],
    ];
    for (const [why, script, event] of table) {
      persona(ANN, script);
      const ended = await callToEnd(world, SAM);
      expect(ended, why).toMatchObject({ status: "failed", outcome: "failed", duration: null });
      expect(
        ended.history.map((one) => one.event),
        why,
      ).toContain(event);
      expect(ended.summary, why).toMatch(/Nobody was called\.$/);
    }
    expect(callsTo(world, SAM)).toEqual([]);
    expect(placedCalls(world)).toHaveLength(table.length);
    expect(recordRequests(world, "POST")).toEqual([]);
    await expectClean(world);
  });

  it("the contact sees the agent's own phone once Twilio knows it is theirs, else the number at Twilio", async () => {
    const { annNumber, benNumber } = demoTwilio().brokerage;
    world = await startTwilioWorld({
      tenant: {
        users: [
          { id: "u1", twilio_number: annNumber },
          { id: "u2", twilio_number: benNumber },
        ],
      },
    });
    await callToEnd(world, SAM);
    const unverified = await callToEnd(world, "+14165550105", { external_user_id: "u2" });
    expect(unverified.history.find(({ event }) => event === "remark")?.detail).toContain("not verified");
    await world.gateway.apply({
      tenants: [{ domain_name: "fub-test", users: [{ id: "u1", caller_id: "twilio_number" }] }],
    });
    const chosen = await callToEnd(world, NIVIA);
    expect(chosen.history.map(({ event }) => event)).not.toContain("remark");
    const shown = [SAM, "+14165550105", NIVIA].flatMap((phone) =>
      callsTo(world, phone).map(({ from }) => from),
    );
    expect(shown).toEqual([ANN, benNumber, annNumber]);
    // Whoever is shown, it is the agent's call.
    expect(recordsOf(world, "+14165550105")).toMatchObject([{ fromNumber: BEN, userId: 3 }]);
    expect(recordsOf(world, NIVIA)).toMatchObject([{ fromNumber: ANN, userId: 2 }]);
    await expectClean(world);
  });

  it("the recording that is ready later is added to the same record", async () => {
    world = await startTwilioWorld({ tenant: { record_calls: true } });
    const { twilio } = world.sandbox;
    // Ann hangs up first, so that nothing but the recording's own word tells of it; and that is lost.
    persona(ANN, { turns: [{ digits: "1" }], talksMs: 30_000 });
    twilio.callbackFaults.add({ kind: "lost", of: ["recording-status"], times: 9 });
    const id = await startCall(world, SAM);
    await twilio.until(() => callsTo(world, SAM)[0]?.status === "completed");
    const [recording] = twilio.recordings.splice(0);
    const ended = await untilOver(world, id);
    await untilCrm(world, id, "written");
    expect(heardAt(world, SAM)).toEqual(["This call may be recorded."]);
    expect(recordsOf(world, SAM)).toMatchObject([
      { outcome: "Interested", duration: ended.duration, recordingUrl: null },
    ]);

    const told = twilio.callbacks.findLast(({ kind }) => kind === "recording-status");
    if (!told || !recording) throw new Error("nothing was recorded");
    const { sid, url, params } = told;
    twilio.callbackFaults.clear();
    const about = {
      account: twilio.account(world.account.accountSid),
      kind: "recording-status",
      sid,
    } as const;
    for (const _twice of [1, 2])
      twilio.webhooks.tell({ ...about, group: sid, url, method: "POST", params, final: true });
    const record = await waitFor("the recording", () =>
      recordsOf(world, SAM).find(({ recordingUrl }) => recordingUrl !== null),
    );
    expect(record.recordingUrl).toMatch(new RegExp(`/Recordings/${recording.sid}\\.mp3$`));
    await untilQuiet(world);
    expect(recordsOf(world, SAM)).toHaveLength(1);
    expect([recordRequests(world, "POST"), recordRequests(world, "PUT")].map(({ length }) => length)).toEqual(
      [1, 1],
    );
    expect(await readOutreach(world, id)).toMatchObject({ ...ended, history: expect.anything() });
    await expectClean(world);
  });
});

describe("a call that cannot be placed", () => {
  it("what Twilio says of the number is a bad number, what it says of the account never is", async () => {
    world = await startTwilioWorld({ tenant: { voice_mode: "announcement" } });
    const twilio = world.sandbox.twilio.account(world.account.accountSid);
    const announce = (phone: string) => callToEnd(world, phone, { type: "informational" });
    for (const phone of ["+15005550001", "+15005550002"]) {
      expect(await announce(phone), phone).toMatchObject({ status: "completed", outcome: "invalid_phone" });
      expect(recordsOf(world, phone), phone).toMatchObject([{ outcome: "Bad Number", duration: 0 }]);
    }
    const written = recordRequests(world, "POST").length;
    const account: readonly (readonly [string, RegExp, () => void])[] = [
      ["+15005550003", /may not call this country/, () => undefined],
      ["+15005550004", /does not let this account call/, () => undefined],
      [SAM, /is a trial/, () => Object.assign(twilio, { type: "Trial" })],
      [
        SAM,
        /neither a number of the Twilio account nor a verified/,
        () => Object.assign(twilio, { type: "Full", numbers: [], callerIds: [] }),
      ],
      [
        SAM,
        /account SID and auth token/,
        () => Object.assign(twilio, { authToken: "f".repeat(32), apiKeys: [] }),
      ],
    ];
    for (const [phone, sentence, given] of account) {
      given();
      const ended = await announce(phone);
      expect(ended.status, phone).toBe("failed");
      expect(ended.history.map(({ detail }) => detail).join("\n"), phone).toMatch(sentence);
    }
    expect(recordRequests(world, "POST")).toHaveLength(written);
    expect(world.sandbox.twilio.calls).toEqual([]);
    // Twilio will not call that number next week either.
    await expect(startCall(world, "+15005550004")).rejects.toThrow("do_not_call");
    const failed = await journalOf(world, "event=engagement.failed");
    expect(failed).toHaveLength(account.length);
  });

  it("what is wrong with the agent's phone says nothing about the contact", async () => {
    world = await startTwilioWorld();
    for (const [number, sentence] of [
      ["+15005550001", /agent's phone cannot be called/],
      ["+15005550003", /may not call this country/],
    ] as const) {
      await world.gateway.apply({
        tenants: [{ domain_name: "fub-test", users: [{ id: "u2", default_broker_phone: number }] }],
      });
      const ended = await callToEnd(world, SAM, { external_user_id: "u2" });
      expect(ended).toMatchObject({ status: "failed", outcome: "failed" });
      expect(ended.history.map(({ detail }) => detail).join("\n")).toMatch(sentence);
    }
    // The caller ID is none that Twilio lets him show: the contact's phone never rang.
    expect(recordRequests(world, "POST")).toEqual([]);
    expect(callsTo(world, SAM)).toEqual([]);
  });
});
