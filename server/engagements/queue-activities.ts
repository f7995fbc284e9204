// Decides what an engagement's change means for the CRM and puts it into the outbox, in the change's own transaction.
// Messages become notes, gathered for a moment since FUB takes only 10 notes in 10 s; a voice outreach becomes exactly
// one call record at its end, which later changes update rather than repeat (design, "Sync").
import {
  type Channel,
  type EngagementStatus,
  isTerminal,
  isVoice,
  REFUSAL_REASONS,
} from "../../shared/values.ts";
import { newId } from "../base/ids.ts";
import type { ActivityTable, Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { EngagementRow } from "./engagement.store.ts";
import { recordMarker } from "./record-marker.ts";

type ActivityKind = ActivityTable["kind"];

/** How long rows are gathered before they go out together. */
const GATHER_MS = 3_000;
/** Nobody watches the page of a person on a list: theirs go out with the end of the conversation, at the latest then. */
const CAMPAIGN_GATHER_MS = 120_000;

export interface ActivityChange {
  readonly newMessages: number;
  /** Outcome, summary or duration differ from before. */
  readonly resultChanged: boolean;
  /** More may be said, though the outreach itself is over: rows are gathered as while it was under way. */
  readonly conversing?: boolean;
}

export async function queueActivities(
  trx: Trx,
  row: EngagementRow,
  change: ActivityChange,
  now: number,
): Promise<void> {
  if (row.crm_writer !== "gateway") return;
  const over = isTerminal(row.status as EngagementStatus);
  if (isVoice(row.channel as Channel)) {
    if (over && (change.resultChanged || change.newMessages > 0) && (await worthACall(trx, row)))
      await queueCall(trx, row, now);
    return;
  }
  const gathered = over && !change.conversing ? now : now + gatherMs(row);
  if (change.newMessages > 0) await queueNote(trx, row, gathered, now);
  else if (over) await hurryNote(trx, row, now);
}

const gatherMs = (row: EngagementRow): number => (row.campaign_id === null ? GATHER_MS : CAMPAIGN_GATHER_MS);

/** Ends in which nobody was reached, or a rule kept them from being: a number that does not exist was at least tried. */
const PERHAPS_NOBODY: ReadonlySet<string | null> = new Set([
  ...["canceled", "failed"],
  ...REFUSAL_REASONS.filter((rule) => rule !== "invalid_phone"),
]);

// What a rule refused before it was handed over, or was canceled or failed before anybody was reached, is not a call.
async function worthACall(trx: Trx, row: EngagementRow): Promise<boolean> {
  if (row.launch_state === "none" && row.status !== "completed") return false;
  if (!PERHAPS_NOBODY.has(row.outcome)) return true;
  const said = await trx
    .selectFrom("messages")
    .select("id")
    .where("engagement_id", "=", row.id)
    .limit(1)
    .executeTakeFirst();
  return said !== undefined || (row.duration ?? 0) > 0;
}

async function queueCall(trx: Trx, row: EngagementRow, now: number): Promise<void> {
  const known = await trx
    .selectFrom("activities")
    .select(["id", "state"])
    .where("engagement_id", "=", row.id)
    .where("kind", "=", "call")
    .executeTakeFirst();
  if (known?.state === "dead") return;
  const id = known?.id ?? (await addActivity(trx, row, "call", now));
  // One job per state of the record: a change that comes while it is being written gets a job of its own after it.
  if (known?.state === "written")
    await trx
      .updateTable("activities")
      .set({ state: "waiting", updated_at: now })
      .where("id", "=", id)
      .execute();
  await enqueueSync(trx, row, { id, kind: "call" }, now, now);
}

async function queueNote(trx: Trx, row: EngagementRow, runAt: number, now: number): Promise<void> {
  const id = (await openNote(trx, row)) ?? (await addActivity(trx, row, "note", now));
  await enqueueSync(trx, row, { id, kind: "note" }, runAt, now);
}

async function hurryNote(trx: Trx, row: EngagementRow, now: number): Promise<void> {
  const id = await openNote(trx, row);
  if (id !== undefined) await enqueueSync(trx, row, { id, kind: "note" }, now, now);
}

/** What came of a conversation by text, as a note of its own: its rows may stand in the CRM long since. */
export async function queueSummary(trx: Trx, row: EngagementRow, now: number): Promise<void> {
  if (row.crm_writer !== "gateway") return;
  const id = (await openNote(trx, row, "summary")) ?? (await addActivity(trx, row, "summary", now));
  await enqueueSync(trx, row, { id, kind: "summary" }, now, now);
}

async function openNote(
  trx: Trx,
  row: EngagementRow,
  kind: "note" | "summary" = "note",
): Promise<string | undefined> {
  const open = await trx
    .selectFrom("activities")
    .select("id")
    .where("engagement_id", "=", row.id)
    .where("kind", "=", kind)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return open?.id;
}

async function addActivity(trx: Trx, row: EngagementRow, kind: ActivityKind, now: number): Promise<string> {
  const id = newId("act", now);
  await trx
    .insertInto("activities")
    .values({
      id,
      tenant: row.tenant,
      engagement_id: row.id,
      kind,
      // Another copy of this gateway may have written it: it is looked for first.
      state: row.restored_at === null ? "waiting" : "writing",
      crm_id: null,
      marker: recordMarker(row.id, !(await hasRecords(trx, row.id))),
      written_hash: null,
      last_error: null,
      created_at: now,
      updated_at: now,
    })
    .execute();
  if (kind === "note" && row.restored_at !== null) await holdRows(trx, row.id, id);
  return id;
}

// What is looked for keeps the rows it is looked for by; later ones get a note of their own.
async function holdRows(trx: Trx, engagementId: string, activityId: string): Promise<void> {
  await trx
    .updateTable("messages")
    .set({ activity_id: activityId })
    .where("engagement_id", "=", engagementId)
    .where("activity_id", "is", null)
    .execute();
}

async function hasRecords(trx: Trx, engagementId: string): Promise<boolean> {
  const known = await trx
    .selectFrom("activities")
    .select("id")
    .where("engagement_id", "=", engagementId)
    .limit(1)
    .executeTakeFirst();
  return known !== undefined;
}

/** The job that writes one activity. One contact's activities are written in their order. */
export async function enqueueSync(
  trx: Trx,
  row: EngagementRow,
  activity: { readonly id: string; readonly kind: ActivityKind },
  runAt: number,
  now: number,
): Promise<void> {
  await enqueue(
    trx,
    "sync-activity",
    { activity_id: activity.id },
    {
      now,
      runAt,
      dedupeKey: `sync:${activity.id}`,
      groupKey: crmGroup(row),
      laneKey: crmLane(row, activity.kind),
      bringForward: true,
    },
  );
}

/** Jobs that speak to the CRM about one contact run in their order. */
export const crmGroup = (row: Pick<EngagementRow, "tenant" | "contact" | "id">): string =>
  `crm:${row.tenant}:${row.contact ?? row.id}`;

const LANES = { note: "notes", summary: "notes", call: "calls", person: "people", list: "list" } as const;

/**
 * The lane of a job that speaks to the CRM for this engagement or campaign: jobs that are paid from the same budget of the same CRM
 * account. While the account is not known, whose key acts stands for it (`<tenant>/<acts with>`).
 */
export const crmLane = (
  row: Pick<EngagementRow, "tenant" | "crm_account_id" | "acts_with">,
  kind: keyof typeof LANES,
): string => `${LANES[kind]}:${row.crm_account_id ?? `${row.tenant}/${row.acts_with}`}`;
