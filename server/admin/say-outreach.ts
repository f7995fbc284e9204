// One outreach in a sentence for the start page and the story, and how its result counts.
import type { OutcomeGroup } from "../../shared/console/home.schema.ts";
import { ERROR_CODES, isErrorCode } from "../../shared/error-codes.ts";
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { nationalForm } from "../base/phone-numbers.ts";

export interface Outreach {
  readonly tenant: string;
  readonly channel: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly rule: string | null;
  readonly person_name: string | null;
  readonly person_id: string | null;
  readonly contact: string | null;
  readonly duration: number | null;
  readonly parked_reason: string | null;
}

const REACHED = new Set(["connected", "delivered", "completed", "not_interested"]);
const MISSED = new Set(["no_answer", "voicemail", "busy", "canceled"]);

export function groupOf(one: Pick<Outreach, "status" | "outcome" | "rule">): OutcomeGroup {
  if (one.rule !== null) return "refused";
  if (!isTerminal(one.status as EngagementStatus)) return "open";
  const outcome = one.outcome ?? one.status;
  if (REACHED.has(outcome)) return "reached";
  if (MISSED.has(outcome)) return "missed";
  return outcome in ERROR_CODES ? "refused" : "failed";
}

const VERBS: Readonly<Record<string, string>> = {
  phone: "called",
  wvoice: "called by WhatsApp",
  sms: "texted",
  wmsg: "wrote by WhatsApp to",
  chat: "chatted with",
  email: "e-mailed",
};

const OUTCOMES: Readonly<Record<string, string>> = {
  connected: "connected",
  delivered: "delivered",
  completed: "done",
  no_answer: "no answer",
  voicemail: "voicemail left",
  busy: "busy",
  invalid_phone: "not a number in service",
  bad_number: "bad number",
  not_interested: "not interested",
  failed: "did not work",
  canceled: "canceled",
};

/** "connected, 1 min 20 s"; what is not one of ours in its own words. */
export function sayOutcome(one: Pick<Outreach, "status" | "outcome" | "duration">): string {
  const outcome = one.outcome ?? one.status;
  const words = OUTCOMES[outcome] ?? (isErrorCode(outcome) ? ERROR_CODES[outcome].sentence : outcome);
  return one.duration ? `${words}, ${sayDuration(one.duration)}` : words;
}

export const whoOf = (one: Pick<Outreach, "person_name" | "contact" | "person_id">): string =>
  one.person_name ||
  (one.contact ? nationalForm(one.contact) : one.person_id ? `person ${one.person_id}` : "somebody");

/** `by`: the agent's name; null for the brokerage. */
export function sayOutreach(one: Outreach, by: string | null): string {
  const head = `${by ?? "The brokerage"} ${VERBS[one.channel] ?? "reached out to"} ${whoOf(one)}`;
  if (one.parked_reason !== null) return `${head}: waits for a person's decision`;
  if (one.rule !== null) return `${head}: not started. ${sayOutcome({ ...one, outcome: one.rule })}`;
  if (!isTerminal(one.status as EngagementStatus)) return `${head}: ${one.status.replace("_", " ")}`;
  return `${head}: ${sayOutcome(one)}`;
}

function sayDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
