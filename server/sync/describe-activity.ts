// What the Follow Up Boss timeline says about an outreach. Pure: rows in, note or call out.
import type { FubCallOutcome } from "../../shared/values.ts";
import { CALL_TYPE_LABELS, type CallType, CHANNEL_LABELS, type Channel } from "../../shared/values.ts";
import { sayInstant } from "../base/say-instant.ts";
import { zoneToSay } from "../contact/zones/zone-to-say.ts";
import type { CrmCallRecord, CrmNote } from "../crm/crm.ts";
import { mapOutcome } from "./map-outcome.ts";

export interface DescribedEngagement {
  readonly channel: string;
  readonly type: string;
  readonly contact: string | null;
  readonly from_number: string | null;
  readonly outcome: string | null;
  readonly summary: string | null;
  readonly duration: number | null;
  readonly recording_url: string | null;
}

export interface DescribedMessage {
  readonly at: number;
  readonly direction: "outbound" | "inbound";
  readonly text: string;
}

/** FUB documents no limit on a note; a very long conversation is cut rather than refused. */
const MOST_CHARACTERS = 20_000;

/** The line by which a note or call of unknown fate is found again. */
export const markerLine = (marker: string): string => `Ref ${marker}`;

/**
 * Transcript rows as one note: channel and directions in the subject (seed 000, "During and after the engagement").
 * `by`: whose it is, where the CRM itself cannot say so.
 */
export function describeNote(
  engagement: DescribedEngagement,
  messages: readonly DescribedMessage[],
  marker: string,
  by: string | null = null,
): Omit<CrmNote, "personId"> {
  const label = CHANNEL_LABELS[engagement.channel as Channel] ?? engagement.channel;
  const directions = [...new Set(messages.map((message) => message.direction))];
  return {
    subject: `${label} (${directions.join(" and ")})`,
    body: `${cut(linesOf(engagement, messages))}\n\n${to(engagement)}${by === null ? "" : `By ${by}. `}${markerLine(marker)}`,
  };
}

/** Each with its time, in the contact's zone where their number tells it, else in the brokerage's. */
function linesOf(engagement: NoteZone, messages: readonly DescribedMessage[]): string {
  return messages.map((message) => noteLine(engagement, message)).join("\n");
}
const ARROWS = { outbound: "Outbound:", inbound: "Inbound:" } as const;
type NoteZone = Pick<DescribedEngagement, "contact" | "from_number">;
/** One transcript row as a note has it. */
export const noteLine = (
  { contact, from_number }: NoteZone,
  { at, direction, text }: DescribedMessage,
): string => `[${sayInstant(at, zoneToSay(contact, from_number))}] ${ARROWS[direction]} ${text}`;
const to = (engagement: DescribedEngagement): string =>
  engagement.contact ? `With ${engagement.contact}. ` : "";
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;
const cut = (text: string): string =>
  text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS).replace(HALF_CHARACTER, "")}\n(shortened)`;

/** What came of a conversation by text, once it is over. `by` as for its rows. */
export function describeSummary(
  engagement: DescribedEngagement,
  marker: string,
  mapping: CallAttribution["mapping"],
  by: string | null = null,
): Omit<CrmNote, "personId"> {
  const label = CHANNEL_LABELS[engagement.channel as Channel] ?? engagement.channel;
  const outcome = mapOutcome(engagement.outcome, mapping) ?? engagement.outcome;
  return {
    subject: `${label} (summary)`,
    body: `${cut(engagement.summary ?? "The conversation is over.")}\n\n${outcome === null ? "" : `Outcome: ${outcome}. `}${to(engagement)}${by === null ? "" : `By ${by}. `}${markerLine(marker)}`,
  };
}

export interface CallAttribution {
  /** Given only where the brokerage's key acts for an agent (FUB reference, calls: `userId`). */
  readonly crmUserId: string | null;
  readonly mapping: Readonly<Record<string, FubCallOutcome | null | undefined>>;
}

/** A voice outreach as its one call record: summary, what was said where that is known, mapped outcome, duration, numbers. */
export function describeCall(
  engagement: DescribedEngagement,
  marker: string,
  attribution: CallAttribution,
  messages: readonly DescribedMessage[] = [],
): Omit<CrmCallRecord, "personId"> {
  const label = CHANNEL_LABELS[engagement.channel as Channel] ?? engagement.channel;
  const type = CALL_TYPE_LABELS[engagement.type as CallType] ?? engagement.type;
  const said =
    engagement.summary ?? (engagement.outcome ? `Outcome: ${engagement.outcome}` : "The outreach ended.");
  return {
    phone: engagement.contact ?? "",
    fromNumber: engagement.from_number,
    toNumber: engagement.contact,
    isIncoming: false,
    outcome: mapOutcome(engagement.outcome, attribution.mapping),
    duration: Math.max(0, Math.round(engagement.duration ?? 0)),
    note: `${cut([said, linesOf(engagement, messages)].join("\n\n").trimEnd())}\n\n${label}, ${type.toLowerCase()}. ${markerLine(marker)}`,
    userId: attribution.crmUserId,
    ...(engagement.recording_url === null ? {} : { recordingUrl: engagement.recording_url }),
  };
}
