// The Hub's account of an engagement, in its notices and its status answers, as one of our snapshots. Its member names
// are published, the shape of history and transcript rows and the full list of words are not: everything is read leniently.
import { z } from "zod";
import type { EngagementStatus } from "../../../shared/values.ts";
import type { ProviderSnapshot, SnapshotEvent, SnapshotMessage } from "../channel.ts";

const text = z.union([z.string(), z.number()]).transform(String);
const rows = z.array(z.unknown()).nullish().catch([]);

/** Members of the lifecycle notice (facts: Hub documentation, "lifecycle webhook"); all but the id may be missing. */
export const hubPayloadSchema = z.looseObject({
  engagement_id: text.nullish(),
  call_sid: text.nullish(),
  person_id: text.nullish(),
  status: text.nullish(),
  outcome: text.nullish(),
  summary: z.string().nullish().catch(null),
  started_at: text.nullish(),
  completed_at: text.nullish(),
  duration: z.coerce.number().nullish().catch(null),
  history: rows,
  transcript: rows,
  channel: text.nullish(),
  type: text.nullish(),
  contact_identifier: text.nullish(),
  direction: text.nullish(),
  domain_name: text.nullish(),
  sent_at: text.nullish(),
  event_type: text.nullish(),
});
export type HubPayload = z.output<typeof hubPayloadSchema>;

/** Reference of an engagement at the Hub: `/integration/start` names it engagement_id, `/start` call_sid. */
export const hubReference = (payload: HubPayload): string | undefined =>
  payload.engagement_id ?? payload.call_sid ?? undefined;

const STATUS_WORDS: ReadonlyMap<string, EngagementStatus> = new Map(
  Object.entries({
    accepted: "queued",
    initiated: "queued",
    queued: "queued",
    pending: "queued",
    scheduled: "queued",
    created: "queued",
    in_progress: "in_progress",
    active: "in_progress",
    started: "in_progress",
    running: "in_progress",
    ringing: "in_progress",
    calling: "in_progress",
    resumed: "in_progress",
    paused: "paused",
    done: "completed",
    completed: "completed",
    complete: "completed",
    finished: "completed",
    ended: "completed",
    failed: "failed",
    error: "failed",
    canceled: "canceled",
    cancelled: "canceled",
  } as const),
);

/** Outcomes that say that the contact wants to be left alone. The Hub's full list is not published. */
const OPT_OUT_WORDS: ReadonlySet<string> = new Set([
  "opted_out",
  "opt_out",
  "optout",
  "optedout",
  "unsubscribe",
  "unsubscribed",
  "stop",
  "do_not_call",
  "do_not_contact",
  "do_not_text",
  "do_not_email",
  "dnc",
  "dnd",
  "consent_revoked",
]);

const word = (value: string): string =>
  value
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

const sayOptOut = (outcome: string): string =>
  `The Aventora Hub says that this person asked not to be contacted (${outcome}).`;

export function parseHubSnapshot(payload: HubPayload, now: number): ProviderSnapshot {
  const status = payload.status ? (STATUS_WORDS.get(word(payload.status)) ?? null) : null;
  const startedAt = timeOf(payload.started_at);
  const completedAt = timeOf(payload.completed_at);
  const outcome = payload.outcome ? word(payload.outcome) : null;
  const over = status === "completed" || status === "failed" || status === "canceled";
  return {
    status,
    outcome: outcome ?? (over ? status : null),
    ...(outcome !== null && OPT_OUT_WORDS.has(outcome) ? { optOut: sayOptOut(outcome) } : {}),
    summary: payload.summary?.trim() || null,
    startedAt,
    completedAt,
    duration: secondsOf(payload.duration) ?? spanSeconds(startedAt, completedAt),
    transcript: (payload.transcript ?? []).flatMap((row) => toMessage(row, startedAt ?? now)),
    history: (payload.history ?? []).flatMap((row) => toEvent(row, startedAt ?? now)),
    // A clock that goes ahead must not make what comes after look old.
    seenAt: Math.min(timeOf(payload.sent_at) ?? now, now),
  };
}

function timeOf(value: string | null | undefined): number | null {
  if (!value) return null;
  const number = Number(value);
  // Seconds or milliseconds since the epoch, or a date text; a date without a zone is read as UTC.
  if (Number.isFinite(number)) return plausible(Math.round(number < 1e11 ? number * 1000 : number));
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`;
  return plausible(Date.parse(zoned));
}

/** After 2000 and before 2100; anything else was no time. */
const plausible = (ms: number): number | null => (ms > 946_684_800_000 && ms < 4_102_444_800_000 ? ms : null);

/** Whole seconds of at most a week; anything else was no duration. */
function secondsOf(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !(value >= 0 && value <= 604_800)) return null;
  return Math.round(value);
}

function spanSeconds(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.max(0, Math.round((to - from) / 1000));
}

const rowSchema = z.looseObject({});

function pick(row: Record<string, unknown>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = row[name];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

const TIME_NAMES = ["at", "timestamp", "time", "created_at", "sent_at"];
const INBOUND = /^(in|inbound|incoming|user|customer|contact|client|caller|human|person|lead|received)$/i;

function toMessage(value: unknown, fallback: number): SnapshotMessage[] {
  if (typeof value === "string") return [{ at: fallback, direction: "outbound", text: value }];
  const row = rowSchema.safeParse(value);
  if (!row.success) return [];
  const said = pick(row.data, ["text", "message", "content", "body", "transcript"]);
  if (said === undefined) return [];
  const who = pick(row.data, ["direction", "role", "speaker", "sender", "from"]) ?? "";
  const at = timeOf(pick(row.data, TIME_NAMES)) ?? fallback;
  return [{ at, direction: INBOUND.test(who.trim()) ? "inbound" : "outbound", text: said }];
}

function toEvent(value: unknown, fallback: number): SnapshotEvent[] {
  if (typeof value === "string") return [{ at: fallback, event: "hub", detail: value }];
  const row = rowSchema.safeParse(value);
  if (!row.success) return [];
  const event = pick(row.data, ["event", "event_type", "type", "status", "action", "name"]);
  if (event === undefined) return [];
  const detail = pick(row.data, ["detail", "details", "description", "message", "note", "reason"]) ?? "";
  return [{ at: timeOf(pick(row.data, TIME_NAMES)) ?? fallback, event: word(event), detail }];
}
