// What a Dial asks for: whom to call, as whom, how long, and what to tell. Problems become alerts as Twilio's debugger shows
// them. Called by dial.

import { readNumber } from "../format-values.ts";
import { bareNumber, WHATSAPP } from "../messages/message-types.ts";
import { elementsOf, textOf, type XmlElement } from "../twiml/parse-xml.ts";
import {
  flagAttribute,
  methodAttribute,
  numberAttribute,
  textAttribute,
  wordsAttribute,
} from "../twiml/read-attributes.ts";
import { mayCallTo, mayShow } from "./call-rules.ts";
import type { Detection } from "./detect-machine.ts";
import type { CallEvent, Order, StatusSettings } from "./leg.ts";
import type { RecordingPlan } from "./record-leg.ts";
import { callbackOf, resolveUrl, type Scene } from "./scene.ts";

export interface Party {
  /** E.164, or `whatsapp:+…`. */
  to: string;
  status: StatusSettings | null;
  whisper: Order | null;
  detection: Detection | null;
  sendDigits: string;
}

export interface DialPlan {
  callerId: string;
  parties: Party[];
  sequential: boolean;
  timeoutMs: number;
  timeLimitMs: number;
  record: RecordingPlan | null;
}

const EVENTS: readonly CallEvent[] = ["initiated", "ringing", "answered", "completed"];

/** Only parties that can be called; none when the caller ID may not be shown. */
export function readDial(scene: Scene, element: XmlElement): DialPlan {
  const { leg } = scene;
  const callerId = textAttribute(element, "callerId") ?? leg.call.from;
  const nouns = elementsOf(element).filter(({ name }) => name === "Number" || name === "WhatsApp");
  const bare = textOf(element).trim();
  const all = nouns.length > 0 ? nouns : bare === "" ? [] : [{ ...element, name: "Number", attributes: {} }];
  return {
    callerId,
    parties: all.slice(0, 10).flatMap((noun) => readParty(scene, noun, callerId) ?? []),
    sequential: flagAttribute(element, "sequential"),
    timeoutMs: numberAttribute(element, "timeout", 30) * 1_000,
    timeLimitMs: numberAttribute(element, "timeLimit", 14_400) * 1_000,
    record: readRecord(scene, element),
  };
}

function readParty(scene: Scene, noun: XmlElement, callerId: string): Party | undefined {
  const text = textOf(noun).trim();
  const number = readNumber(bareNumber(text));
  const problem = partyProblem(scene, noun.name, callerId, text, number);
  if (problem || number === undefined) {
    const { account, call } = scene.leg;
    if (problem)
      scene.state.alert({ accountSid: account.sid, sid: call.sid, level: "error", url: null, ...problem });
    return undefined;
  }
  const callback = (name: string) =>
    callbackOf(scene, textAttribute(noun, name), methodAttribute(noun, `${name}Method`));
  const status = callback("statusCallback");
  const whisper = textAttribute(noun, "url");
  const url = whisper === undefined ? undefined : resolveUrl(scene, whisper);
  const mode = textAttribute(noun, "machineDetection");
  return {
    to: noun.name === "WhatsApp" ? `${WHATSAPP}${number}` : number,
    status: status && {
      ...status,
      events: wordsAttribute(noun, "statusCallbackEvent", EVENTS, ["completed"]),
    },
    whisper: url === undefined ? null : { kind: "url", url, method: methodAttribute(noun, "method") },
    detection:
      mode === "Enable" || mode === "DetectMessageEnd"
        ? {
            mode,
            timeoutMs: numberAttribute(noun, "machineDetectionTimeout", 30) * 1_000,
            background: true,
            callback: callback("amdStatusCallback"),
          }
        : null,
    sendDigits: textAttribute(noun, "sendDigits") ?? "",
  };
}

function partyProblem(
  { leg: { account, call } }: Scene,
  noun: string,
  callerId: string,
  text: string,
  number: string | undefined,
): { code: number; text: string } | undefined {
  if (number === undefined) return { code: 13223, text: `Dial: invalid phone number format: ${text}` };
  if (!mayShow(account, call, callerId, noun === "WhatsApp"))
    return { code: 13214, text: `Dial: invalid callerId value: ${callerId}` };
  if (!mayCallTo(account, number))
    return { code: 13227, text: `Dial: no international permission to call ${number}` };
  return undefined;
}

function readRecord(scene: Scene, element: XmlElement): RecordingPlan | null {
  const wanted = textAttribute(element, "record") ?? "do-not-record";
  if (!wanted.startsWith("record-from-")) return null;
  const callback = callbackOf(
    scene,
    textAttribute(element, "recordingStatusCallback"),
    methodAttribute(element, "recordingStatusCallbackMethod"),
  );
  const events = wordsAttribute(
    element,
    "recordingStatusCallbackEvent",
    ["in-progress", "completed", "absent"],
    ["completed"],
  );
  const track = textAttribute(element, "recordingTrack");
  return {
    source: "DialVerb",
    channels: wanted.endsWith("-dual") ? 2 : 1,
    track: track === "inbound" || track === "outbound" ? track : "both",
    callback: callback && { ...callback, events },
  };
}
