// Every pretend phone as its person sees it: messages, and the call that goes on. Shown by the pages and the control door.
import { bareNumber, isWhatsapp, type TwilioMessage } from "../messages/message-types.ts";
import type { TwilioState } from "../twilio-state.ts";
import type { TwilioCall } from "../voice/call-types.ts";

export interface PhoneMessage {
  /** Stays the same for the same message. */
  key: string;
  at: number;
  /** Seen from the phone. */
  direction: "received" | "sent";
  channel: "sms" | "whatsapp";
  /** The account's number. */
  other: string;
  text: string;
  /** Written by Twilio itself. */
  automatic: boolean;
}

export interface PhoneCall {
  call: TwilioCall;
  /** `coming`: on its way, and the phone knows nothing yet. */
  state: "coming" | "ringing" | "talking" | "over";
  /** Somebody has to act by hand. */
  live: boolean;
}

export interface Phone {
  /** E.164. */
  number: string;
  live: boolean;
  messages: PhoneMessage[];
  /** Oldest first. */
  calls: PhoneCall[];
}

/** Numbers that were called or texted or have a script, in the order they first were. */
export function describePhones(state: TwilioState): Phone[] {
  const numbers = new Set([
    ...state.calls.map(numberOf),
    ...state.messages.map((message) =>
      bareNumber(message.direction === "inbound" ? (message.from ?? "") : message.to),
    ),
    ...state.people.keys(),
  ]);
  return [...numbers].map((number) => describePhone(state, number));
}

const numberOf = ({ direction, from, to }: TwilioCall): string =>
  bareNumber(direction === "inbound" ? from : to);

export function describePhone(state: TwilioState, number: string): Phone {
  return {
    number,
    live: state.person(number).script.rings === "live",
    messages: messagesOf(state, number),
    calls: state.calls.filter((call) => numberOf(call) === number).map((call) => describeCall(state, call)),
  };
}

function describeCall(state: TwilioState, call: TwilioCall): PhoneCall {
  const goingOn = {
    ringing: "ringing",
    "in-progress": "talking",
    queued: "coming",
    initiated: "coming",
  } as const;
  const { status } = call;
  return {
    call,
    state: status in goingOn ? goingOn[status as keyof typeof goingOn] : "over",
    live: state.legs.get(call.sid)?.live ?? false,
  };
}

const ARRIVED = ["sent", "delivered", "read", "received"];

/** In the order they came about: times of what was skipped over would mix them up. */
function messagesOf(state: TwilioState, number: string): PhoneMessage[] {
  const messages = state.messages.flatMap((message, index) => {
    const shown = showMessage(message, number);
    return shown ? [{ shown, place: index }] : [];
  });
  const notices = state.notices.flatMap(({ at, after, from, to, text }, index) => {
    if (to !== number) return [];
    const shown: PhoneMessage = {
      ...{
        key: `notice-${index}`,
        at,
        direction: "received",
        channel: "sms",
        other: from,
        text,
        automatic: true,
      },
    };
    return [{ shown, place: after - 0.5 }];
  });
  return [...messages, ...notices]
    .toSorted((left, right) => left.place - right.place)
    .map(({ shown }) => shown);
}

function showMessage(message: TwilioMessage, number: string): PhoneMessage | undefined {
  const { sid, from, to, status, direction, sentAt, createdAt, body } = message;
  const inbound = direction === "inbound";
  if (from === null || !ARRIVED.includes(status) || bareNumber(inbound ? from : to) !== number)
    return undefined;
  return {
    ...{ key: sid, at: sentAt ?? createdAt, text: body, automatic: false },
    direction: inbound ? "sent" : "received",
    channel: isWhatsapp(to) ? "whatsapp" : "sms",
    other: bareNumber(inbound ? to : from),
  };
}
