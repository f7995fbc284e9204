// A call as Twilio would tell it: its callbacks in the order they happened, and what its records say once it is over. Built
// from how the agent and the contact behave; used by the tests of folding.
import type { CarrierEvent } from "../../../server/channels/carrier-events.ts";
import type { ChannelOrder } from "../../../server/channels/channel.ts";
import { callEvent, readCallEvents } from "../../../server/channels/twilio/call-events.ts";
import type { CallPlan } from "../../../server/channels/twilio/call-plan.ts";
import { foldCall } from "../../../server/channels/twilio/fold-call.ts";
import { parseVoiceCallback } from "../../../server/channels/twilio/parse-voice-callback.ts";
import { readCall } from "../../../server/channels/twilio/read-call.ts";
import { legOfRecord } from "../../../server/channels/twilio/reconcile-call.ts";
import type { VoiceStep } from "../../../server/channels/twilio/twilio-routes.ts";

export const START = Date.parse("2026-03-02T15:00:00Z");
export const FIRST = `CA${"a".repeat(32)}`;
export const SECOND = `CA${"b".repeat(32)}`;
export const RECORDING = `RE${"c".repeat(32)}`;
export const CONTACT = "+14165550132";

export const ORDER = {
  ...{ engagementId: "eng_1", tenant: "acme", channel: "phone", type: "conversational", instruction: "" },
  ...{ contact: CONTACT, personId: "7", personName: "Jane Doe", agentName: "Sam", brokerage: "Acme" },
  ...{ userId: "u1", fromNumber: "+14165550111", inCampaign: false, attempt: 1 },
} as const satisfies ChannelOrder;

export const PLAN: CallPlan = {
  ...{
    attempt: 1,
    mode: "bridge",
    whatsapp: false,
    callbacks: true,
    to: "+14165550111",
    from: "+14165550100",
  },
  ...{ callerId: "+14165550111", contact: CONTACT, ringSeconds: 25, notice: null, voicemail: "" },
  ...{ announcement: "", remarks: [] },
};

/** How the contact's phone behaves once it is called. */
export type ContactWay =
  | { readonly status: "busy" | "no-answer" | "canceled" }
  | { readonly status: "failed"; readonly sip: number | null; readonly codes: readonly number[] }
  | {
      readonly status: "completed";
      /** null: no detection came. */
      readonly answeredBy: string | null;
      readonly seconds: number;
      /** The voicemail or announcement was begun, and came to its end. */
      readonly spoken?: "to_the_end" | "cut_off";
      /** They hung up while they were told of the recording. */
      readonly leavesInNotice?: boolean;
    };

export interface CallWay {
  readonly plan: Partial<CallPlan>;
  /** What the agent does; "presses" leads to the contact. Only in a bridge. */
  readonly agent: "presses" | "presses_wrong" | "lets_it_ring" | "busy" | "voicemail" | "failed";
  readonly contact: ContactWay;
  readonly canceled?: boolean;
}

export interface ToldCall {
  /** The gateway's own words and Twilio's questions: never lost, since the call hangs on them. */
  readonly certain: readonly CarrierEvent[];
  /** May be lost, doubled and disordered; in the order they happened. */
  readonly callbacks: readonly CarrierEvent[];
  /** What a poll reads once the call is over. */
  readonly records: readonly CarrierEvent[];
}

/** What the stored words say together. */
export function fold(events: readonly CarrierEvent[], order: Partial<typeof ORDER> = {}) {
  const story = readCall(readCallEvents(events));
  if (!story) throw new Error("no plan");
  return foldCall(story, { ...ORDER, ...order }, (recording) => `https://api.twilio.com/${recording}`);
}

/** The agent presses 1. */
export const bridge = (
  contact: ContactWay,
  plan: CallWay["plan"] = {},
  more: Partial<CallWay> = {},
): CallWay => ({ ...{ plan, agent: "presses", contact }, ...more });

export const human = (seconds = 65): ContactWay => ({ status: "completed", answeredBy: "human", seconds });

/** All there is to know of a call. */
export function everything(way: CallWay): CarrierEvent[] {
  const { certain, callbacks, records } = tellCall(way);
  return [...certain, ...callbacks, ...records];
}

/** Writes down one call, second by second. */
export function tellCall(way: CallWay): ToldCall {
  const plan = { ...PLAN, ...way.plan };
  const certain: CarrierEvent[] = [callEvent("call.plan", "1", START, plan)];
  const callbacks: CarrierEvent[] = [];
  const records: CarrierEvent[] = [];
  let now = START;
  const sequence = new Map<string, number>();
  const tell = (step: VoiceStep, fields: Record<string, string>): CarrierEvent[] =>
    parseVoiceCallback({ kind: "voice", engagementId: "eng_1", attempt: 1, step }, fields, now);
  const status = (step: "placed" | "leg", sid: string, word: string, more: Record<string, string> = {}) => {
    now += 1_000;
    const number = sequence.get(sid) ?? 0;
    sequence.set(sid, number + 1);
    const Timestamp = new Date(now).toUTCString();
    const fields = { CallSid: sid, CallStatus: word, SequenceNumber: String(number), Timestamp, ...more };
    callbacks.push(...tell(step, fields));
  };
  const record = (leg: "first" | "second", sid: string, word: string, seconds: number, by: string | null) => {
    const base = {
      to: null,
      from: null,
      direction: null,
      startTime: null,
      dateCreated: START,
    };
    const parentCallSid = leg === "second" ? FIRST : null;
    const duration = word === "completed" ? seconds : null;
    const call = { ...base, sid, status: word, parentCallSid, duration, answeredBy: by, endTime: now };
    records.push(legOfRecord(1, leg, call, now));
  };
  const listLegs = (...sids: string[]) =>
    records.push(callEvent("call.legs", FIRST, now, { attempt: 1, sid: FIRST, sids }));

  const callContact = (step: "placed" | "leg", sid: string): void => {
    const { contact } = way;
    status(step, sid, "initiated");
    status(step, sid, "ringing");
    if (way.canceled) certain.push(callEvent("call.cancel", "1", now, { attempt: 1 }));
    const leg = step === "leg" ? "second" : "first";
    if (contact.status === "completed") {
      status(step, sid, "in-progress");
      const begun = now;
      const by = contact.answeredBy;
      if (by !== null && step === "leg") callbacks.push(...tell("amd", { CallSid: sid, AnsweredBy: by }));
      if (by !== null && step === "placed")
        certain.push(...tell("answered", { CallSid: sid, AnsweredBy: by }));
      if (contact.spoken) speak(sid, contact.spoken, by);
      now = begun + contact.seconds * 1_000 - 1_000;
      status(step, sid, "completed", { CallDuration: String(contact.seconds), SipResponseCode: "200" });
      record(leg, sid, "completed", contact.seconds, by);
      return;
    }
    const word = way.canceled && contact.status === "no-answer" ? "canceled" : contact.status;
    const sip = contact.status === "failed" ? contact.sip : null;
    status(step, sid, word, sip === null ? {} : { SipResponseCode: String(sip) });
    record(leg, sid, word, 0, null);
    if (contact.status === "failed") {
      const data = { attempt: 1, sid, sip, codes: [...contact.codes] };
      records.push(callEvent("call.failure", sid, now, data));
    }
  };
  const speak = (sid: string, how: "to_the_end" | "cut_off", by: string | null): void => {
    const act = by?.startsWith("machine") ? "voicemail" : "announce";
    certain.push(callEvent("call.act", `1:${act}:0`, now, { attempt: 1, sid, act, turn: 0 }));
    if (how === "to_the_end") certain.push(...tell("played", { CallSid: sid }));
  };

  if (plan.mode !== "bridge") {
    callContact("placed", FIRST);
    return { certain, callbacks, records };
  }
  status("placed", FIRST, "initiated");
  status("placed", FIRST, "ringing");
  if (way.agent !== "presses" && way.agent !== "presses_wrong" && way.agent !== "voicemail") {
    const word = way.agent === "lets_it_ring" ? "no-answer" : way.agent;
    status("placed", FIRST, word);
    record("first", FIRST, word, 0, null);
    listLegs();
    return { certain, callbacks, records };
  }
  status("placed", FIRST, "in-progress");
  const answered = now;
  if (way.agent === "presses_wrong") certain.push(...tell("pressed", { CallSid: FIRST, Digits: "5" }));
  if (way.agent === "presses") {
    certain.push(...tell("pressed", { CallSid: FIRST, Digits: "1" }));
    callContact("leg", SECOND);
    const joined =
      way.contact.status === "completed" && !(plan.notice !== null && way.contact.leavesInNotice);
    const dial = { DialCallSid: SECOND, DialCallStatus: way.contact.status, DialBridged: String(joined) };
    callbacks.push(...tell("dialled", { CallSid: FIRST, ...dial }));
    if (plan.notice !== null && way.contact.status === "completed" && !joined)
      records.push(callEvent("call.recordings", FIRST, now, { attempt: 1, sid: FIRST }));
    if (plan.notice !== null && joined) {
      const fields = { CallSid: FIRST, RecordingSid: RECORDING, RecordingStatus: "completed" };
      callbacks.push(...tell("recording", fields));
      const data = { attempt: 1, sid: FIRST, recording: RECORDING };
      records.push(callEvent("call.recording", RECORDING, now, data));
      records.push(callEvent("call.recordings", FIRST, now, { attempt: 1, sid: FIRST }));
    }
  }
  const seconds = (now - answered) / 1_000 + 1;
  status("placed", FIRST, "completed", { CallDuration: String(seconds) });
  record("first", FIRST, "completed", seconds, null);
  listLegs(...(way.agent === "presses" ? [SECOND] : []));
  return { certain, callbacks, records };
}
