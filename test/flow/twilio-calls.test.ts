// What a call over the pretend Twilio is made of: caller ID, recording, announcements, conversations, WhatsApp, cancelling; and
// what becomes of a start that gets lost.
import { describe, expect, it } from "vitest";
import { listCallerIds, startVerification } from "../../server/channels/twilio/caller-ids.ts";
import { createTwilio } from "../../server/channels/twilio/create-twilio.ts";
import { voiceTurn } from "../../server/channels/twilio/voice-twiml.ts";
import { IMPATIENT, openTwilioProvider } from "../helpers/open-twilio-provider.ts";
import { clean, heardBy, placed, VOICEMAIL } from "../helpers/watch-twilio-calls.ts";

const AGENT = "+14165550111";
const CONTACT = "+14165550131";
const MACHINE = { answeredBy: "machine", staysMs: 40_000 } as const;

describe("a call", () => {
  it("a number that cannot be dialled is a bad number", async () => {
    const world = await openTwilioProvider();
    const order = world.order({ contact: "+14165550104" });
    await world.start(order);
    expect(await world.untilOver(order)).toMatchObject({ status: "completed", outcome: "invalid_phone" });
    clean(world);
  });

  it.each([false, true])(
    "rings nobody it has become too late for, asked by Twilio or asking it (%s)",
    async (noUrl) => {
      const rulesNow = { withheld: async () => "closed" as const, openFor: async () => 0 };
      const world = await openTwilioProvider({ noUrl, more: { rulesNow } });
      const order = world.order();
      await world.start(order);
      const end = await world.untilOver(order);
      expect(end).toMatchObject({ status: "failed", outcome: "failed", duration: null });
      expect(end.summary).toContain("no longer an hour to call the contact. Nobody was called.");
      expect(end.history.map(({ event }) => event)).not.toContain("contact_called");
      expect(world.legs()).toEqual([]);
      expect(heardBy(world, AGENT).join(" ")).toContain("It is too late to call them now.");
      clean(world);
    },
  );

  it("a recorded call says so to both first, and the record says where it can be heard", async () => {
    const world = await openTwilioProvider({ settings: { record_calls: true } });
    const order = world.order();
    await world.start(order);
    const end = await world.untilOver(order);
    expect(heardBy(world, AGENT)[0]).toContain("The call is recorded.");
    expect(heardBy(world, CONTACT)).toEqual(["This call may be recorded."]);
    const [recording] = world.sandbox.world.recordings;
    expect(end.recordingUrl).toMatch(new RegExp(`/Recordings/${recording?.sid}\\.mp3$`));
    clean(world);
  });

  it("the contact sees the agent's verified phone, or the number at Twilio and somebody is told why", async () => {
    const world = await openTwilioProvider({ users: [{ id: "u1" }, { id: "u2" }] });
    const { brokerage } = world.sandbox.demo;
    const ann = world.order();
    await world.start(ann);
    await world.untilOver(ann);
    const ben = world.order({ userId: "u2", fromNumber: brokerage.unverifiedNumber });
    await world.start(ben);
    const end = await world.untilOver(ben);
    expect(world.legs().map(({ from }) => from)).toEqual([brokerage.verifiedNumber, brokerage.number]);
    expect(end.history.find(({ event }) => event === "remark")?.detail).toContain("not verified at Twilio");
    clean(world);
  });

  it("an announcement is spoken to a person, who can end such calls with 9, or left on a voicemail", async () => {
    const settings = { voice_mode: "announcement", ...VOICEMAIL };
    const world = await openTwilioProvider({ settings });
    world.sandbox.world.setPersona("+14165550132", { turns: [{ digits: "9" }] });
    world.sandbox.world.setPersona("+14165550133", MACHINE);
    world.sandbox.world.setPersona("+14165550134", { turns: [{}], afterwards: {} });
    const ends: unknown[] = [];
    for (const contact of ["+14165550132", "+14165550133", "+14165550134"]) {
      const order = world.order({ type: "informational", contact });
      await world.start(order);
      const { outcome, history } = await world.untilOver(order);
      ends.push([outcome, history.some(({ event }) => event === "opt_out_voice")]);
    }
    expect(ends).toEqual([
      ["not_interested", true],
      ["voicemail", false],
      ["delivered", false],
    ]);
    expect(world.taken.filter(({ wish }) => wish === "opt_out")).toHaveLength(1);
    expect(heardBy(world, "+14165550132")).toEqual([
      "Hello, this is Ann. About ten. To stop these calls, press 9.",
      "You will not be called again. Goodbye.",
    ]);
    expect(world.legs()).toEqual([]);
    clean(world);
  });

  it("a conversation takes turns, and its words are the transcript", async () => {
    const world = await openTwilioProvider({ more: { automated: () => true } });
    const order = world.order();
    world.talk = async (asked, { speech }) => {
      const said = speech?.text === "" ? "This is an assistant. May I ask something?" : "Thank you. Goodbye.";
      const words = { text: said, last: speech?.text !== "", outcome: null, summary: null };
      await world.provider.noteSaid(asked, speech?.turn ?? 0, words);
      return speech?.text === ""
        ? voiceTurn(said, { action: speech.action })
        : voiceTurn(said, { last: true });
    };
    await world.start(order);
    const end = await world.untilOver(order);
    expect(end).toMatchObject({ outcome: "connected" });
    expect(end.transcript.map(({ direction, text }) => [direction, text])).toEqual([
      ["outbound", "This is an assistant. May I ask something?"],
      ["inbound", "Yes, that sounds good."],
      ["outbound", "Thank you. Goodbye."],
    ]);
    clean(world);
  });

  it("a WhatsApp call rings the agent's phone, then the contact's WhatsApp", async () => {
    const world = await openTwilioProvider({
      settings: { twilio_whatsapp_number: "+447700900190" },
      twilio: {},
    });
    const order = world.order({ channel: "wvoice" });
    expect(await world.provider.objection?.(order, world.deps.db)).toBeUndefined();
    await world.start(order);
    expect(await world.untilOver(order)).toMatchObject({ outcome: "connected", duration: 42 });
    expect(world.legs()[0]).toMatchObject({ from: "whatsapp:+447700900190", to: "whatsapp:+14165550131" });
    clean(world);
  });

  it("canceled while the contact's phone rings, nobody was reached; canceled in a talk, they were", async () => {
    const world = await openTwilioProvider();
    world.sandbox.world.setPersona(CONTACT, { rings: "live" });
    const first = world.order();
    const { reference } = await world.start(first);
    await world.until(() => world.legs()[0]?.status === "ringing");
    const canceled = await world.provider.cancel(first, reference ?? "");
    expect([null, "canceled"]).toContain(canceled.snapshot?.status);
    expect(await world.untilOver(first)).toMatchObject({
      status: "canceled",
      outcome: "canceled",
      duration: null,
    });

    const second = world.order();
    await world.start(second);
    await world.until(() => world.legs()[1]?.status === "ringing");
    world.sandbox.world.act(CONTACT, { act: "answer" });
    await world.until(
      () => world.kept(second).last?.history.some(({ event }) => event === "contact_answered") ?? false,
    );
    await world.provider.cancel(second, world.kept(second).reference ?? "");
    expect(await world.untilOver(second)).toMatchObject({ status: "completed", outcome: "connected" });
    await expect(world.provider.pause(second, "")).rejects.toMatchObject({ code: "wrong_state" });
    clean(world);
  });

  it("a start whose answer got lost is found, one that never arrived is not made up", async () => {
    const world = await openTwilioProvider({ more: IMPATIENT });
    const calls = { method: "POST", path: "/Calls.json", times: 1 } as const;
    world.sandbox.world.faults.add({ ...calls, kind: "timeout-after-storing" });
    const found = world.order();
    await world.start(found);
    expect(await world.untilOver(found)).toMatchObject({ outcome: "connected" });
    expect(placed(world)).toBe(1);

    for (const kind of ["timeout-before", "status", "reset"] as const) {
      world.sandbox.world.faults.add({ ...calls, kind });
      const lost = world.order();
      await expect(world.start(lost)).rejects.toMatchObject({
        code: "provider_unavailable",
        retry: { kind: "later" },
      });
      await world.start({ ...lost, attempt: 2 });
      expect(await world.untilOver({ ...lost, attempt: 2 })).toMatchObject({ outcome: "connected" });
    }
    expect(world.legs()).toHaveLength(4);
  });

  it("after a crash in the middle of a start, the call is found or was never placed", async () => {
    const world = await openTwilioProvider({ more: IMPATIENT });
    const before = world.clock.now();
    const never = world.order();
    expect(await world.provider.findStart?.(never, before)).toBeNull();
    // Another outreach to the same agent, which is not it.
    const other = world.order();
    await world.start(other);
    await world.untilOver(other);
    const order = world.order();
    world.sandbox.world.faults.add({ method: "GET", kind: "reset", times: 9 });
    world.sandbox.world.faults.add({
      method: "POST",
      path: "/Calls.json",
      kind: "timeout-after-storing",
      times: 1,
    });
    world.sandbox.world.callbackFaults.add({ kind: "lost", times: 99 });
    await expect(world.start(order)).rejects.toMatchObject({ code: "provider_unavailable" });
    world.sandbox.world.faults.clear();
    const again = createTwilio(world.deps);
    const sids = world.sandbox.world.calls
      .filter(({ parentCallSid }) => parentCallSid === null)
      .map(({ sid }) => sid);
    // Asked in a hurry, and by somebody who is wrong about when it was: Twilio's list is given its time.
    const asked = world.clock.now();
    const found = await world.run(again.findStart?.(order, asked + 600_000) ?? Promise.resolve(null));
    expect(found).toMatchObject({ reference: sids[1] });
    expect(world.clock.now() - asked).toBeGreaterThanOrEqual(5_000);
  });

  it("what is signed wrongly is turned away with the reason, and polls lead to the same end", async () => {
    const world = await openTwilioProvider();
    const of = ["call-status", "machine-detection"] as const;
    world.sandbox.world.callbackFaults.add({ kind: "wrong_token", of: [...of], times: 2 });
    world.sandbox.world.callbackFaults.add({ kind: "wrong_host", of: [...of], times: 99 });
    const order = world.order();
    await world.start(order);
    expect(await world.untilOver(order)).toMatchObject({ outcome: "connected", duration: 42 });
    expect(world.refused.length).toBeGreaterThan(4);
    for (const sentence of world.refused) expect(sentence).toMatch(/auth token|SERVER_URL/);
  });

  it("a caller ID is verified by keying in the code, and is used from then on", async () => {
    const world = await openTwilioProvider({ users: [{ id: "u2" }] });
    const number = world.sandbox.demo.brokerage.unverifiedNumber;
    const call = { userId: "u2", fromNumber: number };
    const before = world.order(call);
    await world.start(before);
    await world.untilOver(before);
    const { code, sentence } = await startVerification(world.deps, "acme", {
      number: "416 555 0122",
      friendlyName: "Ben",
    });
    expect(code).toMatch(/^\d{6}$/);
    expect(sentence).toContain("(416) 555-0122");
    await world.sandbox.world.settle();
    expect((await listCallerIds(world.deps, "acme")).map(({ phoneNumber }) => phoneNumber)).toContain(number);
    const after = world.order(call);
    await world.start(after);
    await world.untilOver(after);
    expect(world.legs().map(({ from }) => from)).toEqual([world.sandbox.demo.brokerage.number, number]);
    const again = startVerification(world.deps, "acme", { number, friendlyName: "Ben" });
    await expect(again).rejects.toMatchObject({ code: "provider_refused" });
    clean(world);
  });
});
