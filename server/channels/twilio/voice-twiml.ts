// What Twilio is told to do in a call, as TwiML. Pure. Agent first: the agent hears who is called and presses 1, then the
// contact is dialled; announcements and voicemails are spoken. Facts: telephony 1.6.
import { CHANNEL_LABELS } from "../../../shared/values.ts";
import { nationalForm } from "../../base/phone-numbers.ts";
import type { ChannelOrder } from "../channel.ts";
import type { CallPlan } from "./call-plan.ts";
import type { Withheld } from "./twilio-deps.ts";
import type { VoiceStep } from "./twilio-routes.ts";
import { element, hangUp, response, say, type Twiml, textNode } from "./twiml.ts";

/** Address of a step of this call (and turn of a conversation); undefined where Twilio cannot call the gateway. */
export type StepUrl = (step: VoiceStep, turn?: number) => string | undefined;

/** Twilio takes so much TwiML with a request; addresses may answer with more. */
export const MOST_INLINE_TWIML = 4_000;
/** Seconds in which the agent may press 1 once everything was said. */
const PRESS_SECONDS = 8;
/** How long an agent or contact is kept on the line for the gateway's next question to Twilio. */
const HOLD_SECONDS = 30;
/** Of a call with a person, seconds; Twilio's own limit. */
const MOST_CALL_SECONDS = 14_400;

type Named = Pick<ChannelOrder, "personName" | "contact" | "channel">;

const named = ({ personName, contact }: Named): string => personName || spokenNumber(contact);

/** A number digit by digit, so that it is read as one. */
export const spokenNumber = (e164: string): string =>
  nationalForm(e164).replace(/\D/g, "").split("").join(" ");

const introduction = (order: Named): string =>
  order.channel === "wvoice"
    ? `Follow Up Boss ${CHANNEL_LABELS.wvoice} call to ${named(order)}.`
    : `Follow Up Boss call to ${named(order)}.`;

/** For the agent: pressing 1 dials the contact. Without it (their voicemail, a pocket) nobody is. */
export function askAgent(order: Named, plan: CallPlan, url: StepUrl): Twiml {
  const recorded = plan.notice === null ? "" : " The call is recorded.";
  const question = say(`${introduction(order)}${recorded} Press 1 to connect.`);
  return response(
    element(
      "Gather",
      { numDigits: 1, timeout: PRESS_SECONDS, action: url("pressed"), method: "POST" },
      question,
    ),
    say("Nobody was called. Goodbye."),
    hangUp,
  );
}

/** For the agent where Twilio cannot call the gateway: told who is called, and held until the gateway has seen them. */
export const holdAgent = (order: Named): Twiml =>
  response(say(`${introduction(order)} One moment.`), element("Pause", { length: HOLD_SECONDS }), hangUp);

/** For a contact who picked up, until the gateway has seen who did. */
export const holdContact: Twiml = response(element("Pause", { length: HOLD_SECONDS }), hangUp);

/** The agent is on the line: dial the contact. */
export function dialContact(plan: CallPlan, url: StepUrl): Twiml {
  const recording = plan.notice === null ? {} : RECORDED;
  return response(
    element(
      "Dial",
      {
        callerId: plan.whatsapp ? `whatsapp:${plan.callerId}` : plan.callerId,
        timeout: plan.ringSeconds,
        timeLimit: MOST_CALL_SECONDS,
        action: url("dialled"),
        ...recording,
        ...(plan.notice === null ? {} : { recordingStatusCallback: url("recording") }),
      },
      plan.whatsapp ? whatsappNoun(plan, url) : numberNoun(plan, url),
    ),
  );
}

const RECORDED = { record: "record-from-answer-dual" } as const;
const EVENTS = "initiated ringing answered completed";

function numberNoun(plan: CallPlan, url: StepUrl): Twiml {
  const status = url("leg");
  const attributes = {
    url: plan.notice === null ? undefined : url("notice"),
    statusCallback: status,
    statusCallbackEvent: status && EVENTS,
    machineDetection: detectionOf(plan),
    amdStatusCallback: url("amd"),
  };
  return element("Number", attributes, textNode(plan.contact));
}

function whatsappNoun(plan: CallPlan, url: StepUrl): Twiml {
  const status = url("leg");
  return element(
    "WhatsApp",
    { statusCallback: status, statusCallbackEvent: status && EVENTS },
    textNode(plan.contact),
  );
}

/** Waiting for the beep is only worth it where something is said after it. */
export const detectionOf = (plan: Pick<CallPlan, "voicemail">): "Enable" | "DetectMessageEnd" =>
  plan.voicemail === "" ? "Enable" : "DetectMessageEnd";

/** To the contact, before they are joined with the agent. */
export const sayNotice = (plan: CallPlan): Twiml =>
  response(...(plan.notice === null ? [] : [say(plan.notice)]));

/** To the contact's voicemail. The last step tells that it was played to its end. */
export const leaveVoicemail = (plan: CallPlan, url: StepUrl): Twiml =>
  response(say(plan.voicemail), ...proofOfPlaying(url), hangUp);

/** To a contact who picked up. Pressing 9 is an opt-out where the key can be heard, else they are told whom to call. */
export function announce(plan: CallPlan, order: Pick<ChannelOrder, "fromNumber">, url: StepUrl): Twiml {
  const action = url("digit");
  if (action === undefined) {
    const whom = spokenNumber(order.fromNumber ?? plan.callerId);
    return response(say(`${plan.announcement} To stop these calls, tell us at ${whom}.`), hangUp);
  }
  const words = say(`${plan.announcement} To stop these calls, press 9.`);
  return response(
    element("Gather", { numDigits: 1, timeout: 4, action, method: "POST" }, words),
    ...proofOfPlaying(url),
    hangUp,
  );
}

function proofOfPlaying(url: StepUrl): Twiml[] {
  const played = url("played");
  return played === undefined ? [] : [element("Redirect", { method: "POST" }, textNode(played))];
}

export const goodbye = (words: string): Twiml => response(say(words), hangUp);
export const endCall: Twiml = response(hangUp);

/** To the agent, where the contact must not be rung any more. */
export const sayWithheld = (why: Withheld): Twiml => goodbye(WITHHELD[why]);

const WITHHELD: Readonly<Record<Withheld, string>> = {
  closed: "It is too late to call them now. Nobody was called. Goodbye.",
  opted_out: "They asked not to be contacted any more. Nobody was called. Goodbye.",
};

/** Fills the silence while an answer is thought about: says something, then asks for the same turn once more. */
export const waitTurn = (text: string, again: string): Twiml =>
  response(say(text), element("Redirect", { method: "POST" }, textNode(again)));

/**
 * One turn of a spoken conversation: says something and listens, for words or a key; silence is reported too.
 * `action`: where Twilio reports it (step "speech" of the next turn). `last`: says it and hangs up instead.
 */
export function voiceTurn(text: string, turn: { readonly action: string } | { readonly last: true }): Twiml {
  if ("last" in turn) return goodbye(text);
  const gather = {
    input: "speech dtmf",
    numDigits: 1,
    speechTimeout: "auto",
    timeout: 5,
    actionOnEmptyResult: "true",
    action: turn.action,
    method: "POST",
  };
  return response(element("Gather", gather, say(text)));
}
