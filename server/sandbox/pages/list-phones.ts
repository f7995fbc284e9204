// The practice phones as their page shows them: plain texts only, which its script puts into the page. Polled by the page.

import { formatNumber } from "../twilio/format-values.ts";
import { bareNumber, WHATSAPP } from "../twilio/messages/message-types.ts";
import { describePhones, type Phone, type PhoneCall } from "../twilio/phones/describe-phones.ts";
import type { TwilioState } from "../twilio/twilio-state.ts";
import type { CallStatus, HeardLine } from "../twilio/voice/call-types.ts";

export interface ShownCall {
  sid: string;
  state: PhoneCall["state"];
  /** Somebody has to act by hand. */
  live: boolean;
  /** One line about how it stands. */
  words: string;
  heard: { words: string; mine: boolean }[];
  asksKeys: boolean;
  asksSpeech: boolean;
}

export interface ShownPhone {
  number: string;
  title: string;
  live: boolean;
  /** The latest one. */
  call: ShownCall | null;
  messages: { key: string; text: string; words: string; mine: boolean }[];
  /** Numbers of accounts one can write to, those last heard of first. */
  others: { address: string; words: string }[];
}

export function listPhones(state: TwilioState, nameOf: (number: string) => string | undefined): ShownPhone[] {
  const own = new Set(
    state.accounts.flatMap(({ numbers, whatsappSenders }) => [
      ...numbers.map(({ phoneNumber }) => phoneNumber),
      ...whatsappSenders.map(({ number }) => number),
    ]),
  );
  return describePhones(state)
    .filter(({ number }) => !own.has(number))
    .map((phone) => showPhone(state, phone, nameOf));
}

function showPhone(
  state: TwilioState,
  phone: Phone,
  nameOf: (number: string) => string | undefined,
): ShownPhone {
  const name = nameOf(phone.number);
  const latest = phone.calls.at(-1);
  return {
    number: phone.number,
    title: name === undefined ? formatNumber(phone.number) : `${name}, ${formatNumber(phone.number)}`,
    live: phone.live,
    call: latest ? showCall(latest, nameOf) : null,
    messages: phone.messages.map(({ key, text, direction, channel, other, automatic }) => {
      const mine = direction === "sent";
      const by = automatic ? "Twilio itself" : formatNumber(other);
      const how = channel === "whatsapp" ? "WhatsApp" : "Text";
      return { key, text, mine, words: mine ? `${how} to ${by}` : `${how} from ${by}` };
    }),
    others: othersOf(state, phone),
  };
}

const ENDS: Readonly<Partial<Record<CallStatus, string>>> = {
  completed: "Call ended.",
  busy: "Missed call: busy.",
  "no-answer": "Missed call: nobody answered.",
  failed: "The call could not be put through.",
  canceled: "The caller gave up.",
};

function showCall(
  { call, state, live }: PhoneCall,
  nameOf: (number: string) => string | undefined,
): ShownCall {
  const other = bareNumber(call.direction === "inbound" ? call.to : call.from);
  const name = nameOf(other);
  const caller = name === undefined ? formatNumber(other) : `${name}, ${formatNumber(other)}`;
  const words = {
    coming: `A call from ${caller} is on its way.`,
    ringing: `Ringing: ${caller} calls.`,
    talking: call.bridgedWith === null ? `On the phone with ${caller}.` : `Connected, with ${caller}.`,
    over: ENDS[call.status] ?? "Call ended.",
  };
  return {
    ...{ sid: call.sid, state, live, words: words[state] },
    heard: call.heard.map((line) => ({ words: heardWords(line), mine: line.by === "person" })),
    asksKeys: call.asking?.keys ?? false,
    asksSpeech: call.asking?.speech ?? false,
  };
}

function heardWords({ kind, by, text, recorded }: HeardLine): string {
  if (kind === "play") return `Plays ${text}`;
  if (kind === "keys") return by === "person" ? `Keys pressed: ${text}` : `Tones: ${text}`;
  return recorded ? `${text} (recorded by the mailbox)` : text;
}

function othersOf(state: TwilioState, phone: Phone): ShownPhone["others"] {
  const addresses = new Set([
    ...phone.messages
      .toReversed()
      .map(({ channel, other }) => (channel === "whatsapp" ? WHATSAPP : "") + other),
    ...state.accounts.flatMap(({ numbers, whatsappSenders }) => [
      ...numbers.map(({ phoneNumber }) => phoneNumber),
      ...whatsappSenders.map(({ number }) => WHATSAPP + number),
    ]),
  ]);
  return [...addresses].map((address) => ({
    address,
    words: `${formatNumber(bareNumber(address))}${address.startsWith(WHATSAPP) ? " on WhatsApp" : ""}`,
  }));
}
