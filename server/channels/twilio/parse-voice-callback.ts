// What a callback about a call says, as words to store. Pure: which step it came to and its form fields go in; nothing is
// decided here. Facts: telephony 1.1 (status, machine detection), 1.6 (Gather, Dial).
import type { CarrierEvent } from "../carrier-events.ts";
import { callEvent, legEvent } from "./call-events.ts";
import {
  CALL_SID,
  param,
  RECORDING_SID,
  sidParam,
  type TwilioParams,
  timeParam,
  toldTime,
  wholeParam,
} from "./callback-params.ts";
import { isOver } from "./read-leg.ts";
import type { TwilioRoute } from "./twilio-routes.ts";

export type VoiceRoute = Extract<TwilioRoute, { kind: "voice" }>;

/** `now`: when it arrived. Empty for what tells nothing new about the call. */
export function parseVoiceCallback(route: VoiceRoute, params: TwilioParams, now: number): CarrierEvent[] {
  const sid = sidParam(params, "CallSid", CALL_SID);
  if (sid === undefined) return [];
  const { attempt } = route;
  const digits = param(params, "Digits") ?? "";
  switch (route.step) {
    case "placed":
      return statusWords(attempt, sid, params, now, "first");
    case "leg":
      return statusWords(attempt, sid, params, now, "second");
    case "amd":
      return detected(attempt, sid, params, now);
    case "pressed":
      return [callEvent("call.pressed", `${sid}:${digits}`, now, { attempt, sid, digits })];
    case "digit":
      return [callEvent("call.digit", `${sid}:${digits}`, now, { attempt, sid, digits })];
    case "played":
      return [callEvent("call.played", sid, now, { attempt, sid })];
    case "answered":
      return detected(attempt, sid, params, now);
    case "dialled":
      return [
        ...dialled(attempt, params, now),
        ...joined(attempt, sid, params, now),
        ...recorded(attempt, sid, params, now),
      ];
    case "recording":
      return recorded(attempt, sid, params, now);
    case "speech":
      return [spoken(route, sid, digits, params, now)];
    case "notice":
      return [];
  }
}

function statusWords(
  attempt: number,
  sid: string,
  params: TwilioParams,
  now: number,
  leg: "first" | "second",
): CarrierEvent[] {
  const status = param(params, "CallStatus")?.toLowerCase();
  if (status === undefined) return [];
  const word = {
    attempt,
    sid,
    leg,
    status,
    sequence: wholeParam(params, "SequenceNumber"),
    duration: wholeParam(params, "CallDuration"),
    answeredBy: param(params, "AnsweredBy") ?? null,
    sip: wholeParam(params, "SipResponseCode"),
    code: wholeParam(params, "ErrorCode"),
    createTime: null,
    endTime: isOver(status) ? toldTime(params) : null,
    polled: false,
  };
  return [legEvent(word, timeParam(params, now))];
}

function detected(attempt: number, sid: string, params: TwilioParams, now: number): CarrierEvent[] {
  const answeredBy = param(params, "AnsweredBy");
  if (answeredBy === undefined) return [];
  return [callEvent("call.amd", `${sid}:${answeredBy}`, now, { attempt, sid, answeredBy })];
}

// It names the leg that was dialled. How that leg ended is for the leg's own words: a leg that was given other things to do
// (a voicemail to speak) ends the dialling long before itself.
function dialled(attempt: number, params: TwilioParams, now: number): CarrierEvent[] {
  const sid = sidParam(params, "DialCallSid", CALL_SID);
  if (sid === undefined) return [];
  const silent = { sequence: null, duration: null, answeredBy: null, sip: null, code: null };
  const untimed = { createTime: null, endTime: null, polled: false };
  return [legEvent({ attempt, sid, leg: "second", status: "initiated", ...silent, ...untimed }, now)];
}

// Whoever hangs up while the notice is read to them has answered, and still was on no line with the agent.
function joined(attempt: number, sid: string, params: TwilioParams, now: number): CarrierEvent[] {
  const bridged = BRIDGED[param(params, "DialBridged")?.toLowerCase() ?? ""];
  return bridged === undefined ? [] : [callEvent("call.dialled", sid, now, { attempt, sid, bridged })];
}

const BRIDGED: Readonly<Record<string, boolean>> = { true: true, false: false };

function recorded(attempt: number, sid: string, params: TwilioParams, now: number): CarrierEvent[] {
  const recording = sidParam(params, "RecordingSid", RECORDING_SID);
  if (recording === undefined || param(params, "RecordingStatus") === "absent") return [];
  return [callEvent("call.recording", recording, now, { attempt, sid, recording })];
}

function spoken(
  route: VoiceRoute,
  sid: string,
  digits: string,
  params: TwilioParams,
  now: number,
): CarrierEvent {
  const turn = route.turn ?? 0;
  const text = param(params, "SpeechResult") ?? "";
  return callEvent("call.speech", `${sid}:${turn}`, now, { attempt: route.attempt, sid, turn, text, digits });
}
