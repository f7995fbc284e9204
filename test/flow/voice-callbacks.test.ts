// What Twilio tells of a call gets lost, comes twice, late, in another order or signed wrongly, the gateway is started anew in
// the middle of it, or has no address Twilio could call: the call comes to the same end, once, in Follow Up Boss too.
import { afterEach, describe, expect, it } from "vitest";
import type { WebhookFaultKind } from "../../server/sandbox/twilio/webhooks/webhook-faults.ts";
import type { WebhookKind } from "../../server/sandbox/twilio/webhooks/webhook-types.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { createFastClock } from "../helpers/fast-clock.ts";
import { restartGateway } from "../helpers/restart-gateway.ts";
import { journalOf, readOutreach, untilCrm, untilOver, untilQuiet } from "../helpers/talk-to-gateway.ts";
import {
  ANN,
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

const OFFICE = "+14165550100";
/** Long enough that a busy machine's delays, twentyfold on the fast clock, are short beside it. */
const VOICEMAIL = Array.from(
  { length: 7 },
  () => "Hello, this is Ann of Maple Street. Please call me back when you can.",
).join(" ");
const TELLS: WebhookKind[] = ["call-status", "machine-detection", "recording-status"];

/** What of an outreach does not depend on when things happened. */
const standing = ({ status, outcome, duration, summary, transcript, history }: Engagement) => ({
  ...{ status, outcome, duration, summary },
  transcript: transcript.map(({ direction, text }) => [direction, text]),
  history: history.map(({ event, detail }) => `${event}: ${detail.replace(/\d+ was/, "N was")}`).toSorted(),
});

describe("what Twilio tells", () => {
  it("comes to the same end in whatever way it gets here or not, with one record each", async () => {
    world = await startTwilioWorld({ clock: createFastClock(20), tenant: { record_calls: true } });
    const { twilio } = world.sandbox;
    const first = await callToEnd(world, SAM);
    // Read once its record is written, which is part of its history.
    const usual = standing(await readOutreach(world, first.engagement_id));
    expect(usual).toMatchObject({ status: "completed", outcome: "connected" });
    const faults: readonly WebhookFaultKind[] = [
      "lost",
      "twice",
      "late",
      "last",
      "wrong_token",
      "wrong_host",
    ];
    for (const [index, kind] of faults.entries()) {
      twilio.callbackFaults.add({ kind, of: TELLS, times: 999, delayMs: 120 });
      const ended = await callToEnd(world, SAM);
      twilio.callbackFaults.clear();
      expect(standing(await readOutreach(world, ended.engagement_id)), kind).toEqual(usual);
      expect(recordsOf(world, SAM), kind).toHaveLength(index + 2);
    }
    for (const record of recordsOf(world, SAM))
      expect(record).toMatchObject({
        outcome: "Interested",
        duration: usual.duration,
        recordingUrl: expect.any(String),
      });
    expect(placedCalls(world)).toHaveLength(faults.length + 1);
    expect(recordRequests(world, "POST")).toHaveLength(faults.length + 1);
    const refused = await journalOf(world, "event=twilio.refused");
    expect(new Set(refused.map(({ detail }) => (detail as { mistake: string }).mistake))).toEqual(
      new Set(["unknown"]),
    );
    expect(twilio.violations).toEqual([]);
  });
});

describe("a gateway started anew in the middle of calls", () => {
  it("goes on with those that go on and learns the end of those that ended meanwhile; nobody is called twice", async () => {
    const clock = createFastClock(20);
    world = await startTwilioWorld({ clock });
    const { twilio } = world.sandbox;
    const [gone, kept, late] = ["+19055552101", "+19055552102", "+19055552103"];
    for (const phone of [gone, kept]) twilio.setPersona(phone, { rings: "live" });
    twilio.setPersona(OFFICE, { rings: "live" });
    const ids = [
      await startCall(world, gone),
      await startCall(world, kept, { external_user_id: "u2" }),
      await startCall(world, late, { external_user_id: undefined }),
    ];
    const rings = (phone: string) => callsTo(world, phone).some(({ status }) => status === "ringing");
    await twilio.until(() => [gone, kept, OFFICE].every(rings));
    world = await restartGateway(world, {
      clock,
      meanwhile: async () => {
        twilio.act(gone, { act: "answer" });
        await twilio.until(() => callsTo(world, gone)[0]?.bridgedWith != null);
        twilio.act(gone, { act: "hang_up" });
        await twilio.until(() => callsTo(world, gone)[0]?.status === "completed");
      },
    });
    twilio.act(kept, { act: "answer" });
    await twilio.until(() => callsTo(world, kept)[0]?.bridgedWith != null);
    twilio.act(kept, { act: "hang_up" });
    // The agent picks up only now, and presses 1.
    twilio.act(OFFICE, { act: "answer" });
    await twilio.until(() => callsTo(world, OFFICE)[0]?.asking != null);
    twilio.act(OFFICE, { act: "press", keys: "1" });
    await twilio.until(() => callsTo(world, late)[0]?.bridgedWith != null);
    twilio.act(OFFICE, { act: "hang_up" });
    const ended = await Promise.all(ids.map((id) => untilOver(world, id)));
    for (const id of ids) await untilCrm(world, id, "written");
    await twilio.settle();
    await untilQuiet(world);
    for (const [index, phone] of [gone, kept, late].entries()) {
      const [leg, ...others] = callsTo(world, phone);
      expect(others, phone).toEqual([]);
      expect(ended[index], phone).toMatchObject({ outcome: "connected", duration: leg?.duration });
      expect(recordsOf(world, phone), phone).toMatchObject([
        { outcome: "Interested", duration: leg?.duration },
      ]);
    }
    expect(placedCalls(world)).toHaveLength(3);
    await expectClean(world);
  });
});

describe("a gateway Twilio cannot call", () => {
  it("asks how calls stand: the agent is joined with the contact, voicemails are left, and the ends are the same", async () => {
    const clock = createFastClock(20);
    world = await startTwilioWorld({
      ...{ clock, sandboxClock: clock, unreachable: true },
      tenant: { voicemail_text: VOICEMAIL },
    });
    const { twilio } = world.sandbox;
    twilio.settings.speed = 1;
    const busy = await Promise.all([
      startCall(world, SAM),
      startCall(world, "+14165550103", { external_user_id: "u2" }),
      startCall(world, "+14165550102", { external_user_id: undefined }),
    ]);
    const ended = await Promise.all(busy.map((id) => untilOver(world, id, 30_000)));
    expect(ended.map(({ outcome }) => outcome)).toEqual(["connected", "voicemail", "busy"]);
    expect(ended[0]?.duration).toBe(callsTo(world, SAM)[0]?.duration);
    expect(heardAt(world, "+14165550103")).toEqual([VOICEMAIL]);
    // The agent's own voicemail is no person: nobody is called.
    twilio.setPersona(ANN, { answeredBy: "machine" });
    const unheard = await startCall(world, NIVIA);
    await world.gateway.apply({ tenants: [{ domain_name: "fub-test", voice_mode: "announcement" }] });
    twilio.setPersona("+14165550105", { staysMs: 60_000 });
    const announced = await startCall(world, "+14165550105", {
      ...{ type: "informational", instruction: VOICEMAIL },
    });
    expect(await untilOver(world, unheard)).toMatchObject({ status: "failed", outcome: "failed" });
    expect(await untilOver(world, announced)).toMatchObject({ status: "completed", outcome: "delivered" });
    for (const id of [...busy, announced]) await untilCrm(world, id, "written");
    expect(callsTo(world, NIVIA)).toEqual([]);
    const labels = [SAM, "+14165550103", "+14165550102", "+14165550105"].map((phone) =>
      recordsOf(world, phone).map(({ outcome }) => outcome),
    );
    expect(labels).toEqual([["Interested"], ["Left Message"], ["Busy"], ["Interested"]]);
    expect(twilio.callbacks).toEqual([]);
    await expectClean(world);
  });
});
