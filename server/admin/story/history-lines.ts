// An outreach's own history: what was asked, what the provider told of it, what was written. Where the journal has the
// same line, its number and detail come along.
import type { StoryKind, StoryLine } from "../../../shared/console/story.schema.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { CRM, exchange, providerName, storyLine } from "./story-line.ts";

const KINDS: Readonly<Record<string, StoryKind>> = {
  accepted: "asked",
  refused: "rule",
  handed_over: "handed_over",
  parked: "problem",
  crm_written: "record",
  contact_changed: "webhook",
  pause_requested: "control",
  resume_requested: "control",
  cancel_requested: "control",
  canceled: "outcome",
  failed: "outcome",
  needs_agent: "problem",
  taken_over: "control",
  opted_out: "rule",
  person_unknown: "person",
  message_failed: "problem",
  message_refused: "rule",
  message_unknown: "problem",
};

/** Lines of the history that the journal repeats, and under which name. */
export const TWINS: Readonly<Record<string, string>> = {
  accepted: "engagement.accepted",
  refused: "engagement.refused",
  parked: "engagement.parked",
  crm_written: "activity.written",
  pause_requested: "engagement.pause_requested",
  resume_requested: "engagement.resume_requested",
  cancel_requested: "engagement.cancel_requested",
  canceled: "engagement.canceled",
  failed: "engagement.failed",
  needs_agent: "conversation.handed_over",
  taken_over: "conversation.taken_over",
  opted_out: "contact.opted_out",
  person_unknown: "person.unknown",
  message_failed: "message.failed",
  message_refused: "message.refused",
  message_unknown: "message.unknown",
};

export async function historyLines(
  deps: AdminDeps,
  row: EngagementRow,
  entries: readonly JournalEntry[],
): Promise<StoryLine[]> {
  const history = await deps.db
    .selectFrom("engagement_events")
    .selectAll()
    .where("engagement_id", "=", row.id)
    .orderBy("at")
    .orderBy("id")
    .execute();
  // Oldest first, so that each is taken by its own twin.
  const free = entries.toReversed();
  return history.map((one) => {
    const nth = free.findIndex(({ event, message }) => isTwin(one, event, message));
    const [twin] = nth === -1 ? [] : free.splice(nth, 1);
    return storyLine({
      id: `history/${one.id}`,
      at: one.at,
      kind: KINDS[one.event] ?? "progress",
      severity: twin?.severity ?? "info",
      sentence: one.detail,
      engagement_id: row.id,
      journal_seq: twin?.seq ?? null,
      exchange: exchangeOf(row, one.event, one.detail, twin),
    });
  });
}

const isTwin = (one: { event: string; detail: string }, event: string, message: string): boolean =>
  TWINS[one.event] === event && (one.event !== "crm_written" || one.detail === message);

function exchangeOf(row: EngagementRow, event: string, detail: string, twin: JournalEntry | undefined) {
  if (event === "crm_written") return recordExchange(detail, twin);
  if (KINDS[event] === undefined || event === "handed_over") {
    const reference = row.provider_ref;
    return exchange({ partner: providerName(row.provider), reference, fields: { told: event } });
  }
  return twin?.detail ? exchange({ partner: "The gateway", fields: twin.detail }) : null;
}

/** "Call 812 was written in Follow Up Boss": how it came there. */
function recordExchange(detail: string, twin: JournalEntry | undefined) {
  const [kind, id] = detail.split(" ");
  const path = kind === "Call" ? "/calls" : "/notes";
  const request = detail.includes(" updated ")
    ? `PUT ${path}/${id}`
    : detail.includes(" found ")
      ? `GET ${path}`
      : `POST ${path}`;
  return exchange({
    partner: CRM,
    request,
    answer: "stored",
    reference: id ?? null,
    fields: twin?.detail ?? {},
  });
}
