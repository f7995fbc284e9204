// Puts a checked request into what the call is to do. Called by serve-calls.
import type { Fields, TwilioState } from "../twilio-state.ts";
import type { TwilioCall } from "../voice/call-types.ts";
import type { CallEvent, Order, StatusSettings } from "../voice/leg.ts";
import type { RecordingEvent } from "../voice/record-leg.ts";
import type { CallPlan } from "../voice/run-call.ts";
import { callbackField, wantsRecording, wordsField } from "./check-call.ts";
import { flagField, listField, numberField, textField } from "./check-parameters.ts";

const EVENTS: readonly CallEvent[] = ["initiated", "ringing", "answered", "completed"];
const RECORDING_EVENTS: readonly RecordingEvent[] = ["in-progress", "completed", "absent"];

export function planCall(form: Fields): CallPlan {
  const mode = textField(form, "MachineDetection");
  const sendDigits = textField(form, "SendDigits") ?? "";
  return {
    first: readOrder(form) ?? { kind: "twiml", xml: "" },
    timeoutMs: (numberField(form, "Timeout") ?? 60) * 1_000,
    timeLimitMs: scale(numberField(form, "TimeLimit")),
    sendDigits,
    // Sending digits silently turns detection off.
    detection:
      sendDigits === "" && (mode === "Enable" || mode === "DetectMessageEnd")
        ? {
            mode,
            timeoutMs: (numberField(form, "MachineDetectionTimeout") ?? 30) * 1_000,
            background: flagField(form, "AsyncAmd"),
            callback: callbackField(form, "AsyncAmdStatusCallback"),
          }
        : null,
    record: wantsRecording(form) ? planRecording(form) : null,
  };
}

const scale = (seconds: number | undefined): number | null =>
  seconds === undefined ? null : seconds * 1_000;

function planRecording(form: Fields): CallPlan["record"] {
  const callback = callbackField(form, "RecordingStatusCallback");
  const words = wordsField(form, "RecordingStatusCallbackEvent");
  const track = textField(form, "RecordingTrack");
  return {
    source: "OutboundAPI",
    channels: textField(form, "RecordingChannels") === "dual" ? 2 : 1,
    track: track === "inbound" || track === "outbound" ? track : "both",
    callback: callback && {
      ...callback,
      events: new Set(
        words.length === 0 ? ["completed"] : RECORDING_EVENTS.filter((event) => words.includes(event)),
      ),
    },
  };
}

/** undefined when the form has no instructions. */
export function readOrder(form: Fields): Order | undefined {
  const at = callbackField(form, "Url", "Method");
  const fallback = callbackField(form, "FallbackUrl", "FallbackMethod");
  if (at) return { kind: "url", ...at, ...(fallback && { fallback }) };
  const xml = textField(form, "Twiml");
  return xml === undefined ? undefined : { kind: "twiml", xml };
}

/** Each event is a field of its own; words in one field are not understood (alert 21626), and then only the end is told. */
export function readStatusSettings(
  state: TwilioState,
  form: Fields,
  about: Pick<TwilioCall, "accountSid">,
): StatusSettings | null {
  const callback = callbackField(form, "StatusCallback");
  if (!callback) return null;
  const given = listField(form, "StatusCallbackEvent");
  const known = EVENTS.filter((event) => given.includes(event));
  const unknown = given.filter((event) => !EVENTS.some((each) => each === event));
  if (unknown.length > 0) {
    const text = `Invalid 'StatusCallbackEvent': ${unknown.join(", ")}`;
    const { accountSid } = about;
    state.alert({ accountSid, sid: "", code: 21626, level: "warning", url: callback.url, text });
    state.violation({ accountSid, sid: "", what: text });
  }
  return { ...callback, events: new Set(known.length === 0 ? ["completed"] : known) };
}
