// The words people read for channels, states and outcomes, and the tone (shape and colour) of each.
// Kept apart from shared/values.ts at run time, whose zod would not fit the embed page; a test compares the two.
import type { SKIP_REASONS } from "../../shared/campaign.schema.ts";
import type { CallType, Channel, EngagementStatus, Outcome, RefusalReason } from "../../shared/values.ts";

/** `run` is under way, `wait` needs patience or a person, `none` says nothing good or bad. */
export type Tone = "run" | "ok" | "wait" | "bad" | "none";
export interface Words {
  readonly word: string;
  readonly tone: Tone;
}

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  phone: "Phone",
  sms: "SMS",
  wmsg: "WhatsApp message",
  wvoice: "WhatsApp voice",
  chat: "Chat",
  email: "Email",
};
export const CHANNEL_ORDER = Object.keys(CHANNEL_NAMES) as readonly Channel[];

export const CALL_TYPE_NAMES: Readonly<Record<CallType, string>> = {
  informational: "Informational",
  appointment_booking: "Appointment booking",
  confirmational: "Confirmational",
  conversational: "Conversational",
};
export const CALL_TYPE_ORDER = Object.keys(CALL_TYPE_NAMES) as readonly CallType[];

/** Channels people speak on. */
export const isVoice = (channel: Channel): boolean => channel === "phone" || channel === "wvoice";

/** E-mail allows informational only (guide, "Call types (embed)"). */
export const allowedCallTypes = (channel: Channel): readonly CallType[] =>
  channel === "email" ? ["informational"] : CALL_TYPE_ORDER;

const UNDER_WAY: Readonly<Record<Channel, string>> = {
  phone: "Call in progress",
  sms: "Text conversation in progress",
  wmsg: "WhatsApp conversation in progress",
  wvoice: "WhatsApp call in progress",
  chat: "Chat in progress",
  email: "E-mail on its way",
};

const STATUS_WORDS: Readonly<Record<EngagementStatus, Words>> = {
  accepted: { word: "Starting", tone: "run" },
  queued: { word: "Waiting for its turn", tone: "run" },
  in_progress: { word: "In progress", tone: "run" },
  paused: { word: "Paused", tone: "wait" },
  completed: { word: "Finished", tone: "ok" },
  failed: { word: "Did not work", tone: "bad" },
  canceled: { word: "Canceled", tone: "none" },
};

/** Outcomes, rules that refused, and why somebody of a list is not put in line. */
type SaidOutcome = Outcome | RefusalReason | (typeof SKIP_REASONS)[number];

const OUTCOME_WORDS: Readonly<Record<SaidOutcome, Words>> = {
  connected: { word: "Answered", tone: "ok" },
  delivered: { word: "Delivered", tone: "ok" },
  completed: { word: "Done", tone: "ok" },
  no_answer: { word: "No answer", tone: "wait" },
  voicemail: { word: "Left a voicemail", tone: "ok" },
  busy: { word: "The line was busy", tone: "wait" },
  invalid_phone: { word: "Not a valid phone number", tone: "bad" },
  bad_number: { word: "The number does not work", tone: "bad" },
  not_interested: { word: "Not interested", tone: "none" },
  failed: { word: "Did not work", tone: "bad" },
  canceled: { word: "Canceled", tone: "none" },
  no_phone: { word: "No phone number", tone: "bad" },
  no_email: { word: "No e-mail address", tone: "bad" },
  invalid_email: { word: "Not a complete e-mail address", tone: "bad" },
  relationship_phone: { word: "The number belongs to somebody else", tone: "bad" },
  landline: { word: "A landline, which cannot receive messages", tone: "bad" },
  cool_down: { word: "Contacted a moment ago already", tone: "wait" },
  opted_out: { word: "Asked not to be contacted", tone: "bad" },
  do_not_call: { word: "On the do-not-contact list", tone: "bad" },
  no_consent: { word: "Did not agree to be contacted this way", tone: "bad" },
  contact_cap: { word: "Contacted often enough for now", tone: "wait" },
  outside_hours: { word: "Outside contact hours where they are", tone: "wait" },
  reached_elsewhere: { word: "Reached by another copy of this gateway", tone: "none" },
  duplicate_number: { word: "Same number as somebody earlier on the list", tone: "none" },
  duplicate_address: { word: "Same address as somebody earlier on the list", tone: "none" },
  trashed: { word: "No longer in Follow Up Boss", tone: "none" },
};

/** "provider_fate_unknown" or "sync.written" → "Provider fate unknown", "Sync written": never a bare code. */
export function sayCode(code: string): string {
  const words = code.replace(/[_.:-]+/g, " ").trim();
  return words === "" ? "Unknown" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a state is called on this channel: "Call in progress". */
export function sayStatus(status: EngagementStatus, channel: Channel): Words {
  const words = STATUS_WORDS[status] ?? { word: sayCode(status), tone: "none" };
  return status === "in_progress" ? { ...words, word: UNDER_WAY[channel] ?? words.word } : words;
}

/** An outcome or refusal reason in people's words; codes newer than this page are spelled out. */
export function sayOutcome(outcome: string): Words {
  return Object.hasOwn(OUTCOME_WORDS, outcome)
    ? OUTCOME_WORDS[outcome as SaidOutcome]
    : { word: sayCode(outcome), tone: "bad" };
}

/** What an outreach is at, in one word and tone: what holds it up, else its outcome, else its state. */
export function sayStanding(engagement: {
  readonly status: EngagementStatus;
  readonly channel: Channel;
  readonly outcome: string | null;
  readonly parked_reason?: string | undefined;
}): Words {
  if (isOver(engagement.status)) {
    return engagement.outcome === null
      ? sayStatus(engagement.status, engagement.channel)
      : sayOutcome(engagement.outcome);
  }
  if (engagement.parked_reason !== undefined) return { word: "On hold", tone: "wait" };
  return sayStatus(engagement.status, engagement.channel);
}

/** Nothing more will happen. */
export const isOver = (status: EngagementStatus): boolean =>
  status === "completed" || status === "failed" || status === "canceled";
