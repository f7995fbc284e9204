// What is told by the outreach itself and by the journal beside its history: the rules' verdict, the handing over, the
// outcome, the person found, a record given up.
import type { StoryKind, StoryLine } from "../../../shared/console/story.schema.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { CHANNEL_LABELS, type Channel, type EngagementStatus, isTerminal } from "../../../shared/values.ts";
import { nationalForm } from "../../base/phone-numbers.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { sayOutcome } from "../say-outreach.ts";
import { TWINS } from "./history-lines.ts";
import { CRM, exchange, providerName, storyLine } from "./story-line.ts";

export function engagementLines(
  deps: Pick<AdminDeps, "settings">,
  row: EngagementRow,
  entries: readonly JournalEntry[],
): StoryLine[] {
  return [
    ...allowedLine(deps, row),
    ...entries.toReversed().flatMap((entry) => journalLine(row, entry)),
    ...handedLine(row),
    ...outcomeLine(row, entries),
  ];
}

function allowedLine(deps: Pick<AdminDeps, "settings">, row: EngagementRow): StoryLine[] {
  if (row.rule !== null) return [];
  const from = row.from_number === null ? "" : ` from ${nationalForm(row.from_number)}`;
  const pause = deps.settings.tenant(row.tenant)?.cool_down_minutes ?? 0;
  return [
    storyLine({
      id: `rules/${row.id}`,
      at: row.created_at,
      kind: "rule",
      sentence: `The contact rules allow it: ${CHANNEL_LABELS[row.channel as Channel]} to ${nationalForm(row.contact ?? "")}${from}`,
      detail: pause > 0 ? `Nobody is contacted again within ${pause} minutes on the same channel.` : null,
      engagement_id: row.id,
    }),
  ];
}

function handedLine(row: EngagementRow): StoryLine[] {
  if (row.launch_state !== "launched" || row.provider_ref === null) return [];
  return [
    storyLine({
      id: `handed/${row.id}`,
      // The time of the handing over is not kept; it lies before what the provider first told.
      at: Math.max(
        row.created_at,
        Math.min(row.started_at ?? row.updated_at, row.completed_at ?? row.updated_at),
      ),
      kind: "handed_over",
      sentence: `Handed to ${providerName(row.provider)}`,
      engagement_id: row.id,
      exchange: exchange({
        partner: providerName(row.provider),
        request: "start",
        answer: "accepted",
        reference: row.provider_ref,
        fields: { attempt: row.launch_attempts, acts_with: row.acts_with },
      }),
    }),
  ];
}

function outcomeLine(row: EngagementRow, entries: readonly JournalEntry[]): StoryLine[] {
  if (!isTerminal(row.status as EngagementStatus) || row.rule !== null || row.launch_state === "none")
    return [];
  const entry = entries.find(({ event }) => event === `engagement.${row.status}`);
  return [
    storyLine({
      id: `outcome/${row.id}`,
      at: row.completed_at ?? row.updated_at,
      kind: "outcome",
      severity: row.status === "failed" ? "warn" : "info",
      sentence: `Outcome: ${sayOutcome(row)}`,
      detail: row.summary,
      engagement_id: row.id,
      journal_seq: entry?.seq ?? null,
    }),
  ];
}

const KINDS: Readonly<Record<string, StoryKind>> = {
  "person.found": "person",
  "person.introduced": "person",
  "person.unresolved": "problem",
  "activity.dead": "problem",
  "contact.opted_in": "rule",
  "contact.tagged": "record",
  "activity.revived": "control",
};
/** The transcript has the words themselves. */
const TOLD_ELSEWHERE = new Set([
  ...Object.values(TWINS),
  "engagement.completed",
  "message.received",
  "message.automatic",
  "message.sent",
]);

function journalLine(row: EngagementRow, entry: JournalEntry): StoryLine[] {
  if (TOLD_ELSEWHERE.has(entry.event)) return [];
  return [
    storyLine({
      id: `journal/${entry.seq}`,
      at: Date.parse(entry.at),
      kind: KINDS[entry.event] ?? "progress",
      severity: entry.severity,
      sentence: entry.message,
      engagement_id: row.id,
      journal_seq: entry.seq,
      exchange: exchangeOf(row, entry),
    }),
  ];
}

function exchangeOf(row: EngagementRow, { event, detail, person_id }: JournalEntry) {
  const by = row.contact?.includes("@") ? "email" : "phone";
  if (event === "person.found")
    return exchange({ partner: CRM, request: `GET /people?${by}=`, answer: "found", reference: person_id });
  if (event === "person.introduced")
    return exchange({ partner: CRM, request: "POST /events", answer: "added", reference: person_id });
  if (event === "activity.dead") {
    const request = detail?.kind === "call" ? "POST /calls" : "POST /notes";
    return exchange({ partner: CRM, request, answer: "not stored", fields: detail ?? {} });
  }
  return detail === null ? null : exchange({ partner: "The gateway", fields: detail });
}
