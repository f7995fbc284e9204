// What changes in data that go on from an earlier moment: another copy of this gateway may have gone on after it and reached
// people. So everything that waited then is marked and looked for before it goes out, records that waited are read back
// before they are written, and nothing goes out before a person has looked. Called with the database of a restore, and when
// a gateway is taken back.
import { sql } from "kysely";
import { newId } from "../base/ids.ts";
import type { BackupEventTable } from "../db/restore-tables.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { pauseOutreach } from "../queue/outreach-pause.ts";

export interface Restored {
  readonly kind: "restore" | "undo" | "take_back" | "move_in";
  /** The moment the data are from, epoch ms. */
  readonly madeAt: number;
  /** Now, epoch ms. */
  readonly at: number;
  readonly backupId: string | null;
}

export const RESTORED_BY = "The restore of a backup";
const STOPPED: readonly string[] = ["completed", "failed", "canceled"];

/** In one transaction; the same again changes nothing but the time. */
export async function markRestored(db: DbOrTrx, restored: Restored): Promise<void> {
  const { kind, at, madeAt, backupId } = restored;
  await db
    .updateTable("backup_events")
    .set({ settled_at: at })
    .where("settled_at", "is", null)
    .where("kind", "in", ["move_out", "restore", "undo", "take_back"])
    .execute();
  const counts = await countWaiting(db);
  const event = { kind, at, made_at: madeAt, backup_id: backupId, ...counts };
  // Whoever moved has nobody beside them: they go on by themselves.
  if (kind === "move_in") return addEvent(db, { ...event, settled_at: at });
  await markWaiting(db, madeAt);
  await readRecordsBack(db, at);
  await leaveAnswersToAgents(db, at);
  await pauseOutreach(db, { by: RESTORED_BY, since: at });
  await addEvent(db, { ...event, settled_at: null });
}

export async function addEvent(db: DbOrTrx, event: Omit<BackupEventTable, "id">): Promise<void> {
  await db
    .insertInto("backup_events")
    .values({ id: newId("bak", event.at), ...event })
    .execute();
}

async function countWaiting(db: DbOrTrx): Promise<{ waiting: number; people: number }> {
  const row = await db
    .selectFrom("engagements")
    .select([
      sql<number>`count(*)`.as("waiting"),
      sql<number>`count(case when campaign_id is not null then 1 end)`.as("people"),
    ])
    .where("status", "in", ["accepted", "queued", "paused"])
    .where("launch_state", "!=", "launched")
    .executeTakeFirstOrThrow();
  return { waiting: Number(row.waiting), people: Number(row.people) };
}

// An earlier mark stays: since then it was never known what happened to it.
async function markWaiting(db: DbOrTrx, madeAt: number): Promise<void> {
  await db
    .updateTable("engagements")
    .set({ restored_at: madeAt })
    .where("status", "not in", [...STOPPED])
    .where("restored_at", "is", null)
    .execute();
  await db
    .updateTable("campaigns")
    .set({ restored_at: madeAt })
    .where("stage", "!=", "over")
    .where("restored_at", "is", null)
    .execute();
  await db
    .updateTable("outgoing_messages")
    .set({ restored_at: madeAt })
    .where("state", "in", ["waiting", "sending"])
    .where("restored_at", "is", null)
    .execute();
}

// As after an answer that was lost: it may stand in the CRM already. A note keeps the rows it would have taken then.
async function readRecordsBack(db: DbOrTrx, now: number): Promise<void> {
  const unwritten = db
    .selectFrom("activities")
    .select("id")
    .where("kind", "=", "note")
    .where("state", "=", "waiting")
    .where("crm_id", "is", null)
    .where("activities.engagement_id", "=", sql.ref<string>("messages.engagement_id"))
    .limit(1);
  await db
    .updateTable("messages")
    .set({ activity_id: unwritten })
    .where("activity_id", "is", null)
    .where((where) => where.exists(unwritten))
    .execute();
  await db
    .updateTable("activities")
    .set({ state: "writing", updated_at: now })
    .where("state", "=", "waiting")
    .where("crm_id", "is", null)
    .execute();
}

const SAID_ELSEWHERE =
  "The gateway goes on from a backup, and what was said to this contact since then is not known here. Look before you answer.";

// The machine may have answered there already, and it would answer again.
async function leaveAnswersToAgents(db: DbOrTrx, now: number): Promise<void> {
  const due = db
    .selectFrom("jobs")
    .select(sql<string>`substr(dedupe_key, 8)`.as("engagement_id"))
    .where("kind", "=", "answer-contact")
    .where("dedupe_key", "like", "answer:%");
  await db
    .updateTable("conversations")
    .set({ needs_agent: SAID_ELSEWHERE })
    .where("answers", "=", "automated")
    .where("engagement_id", "in", due)
    .execute();
  await db
    .updateTable("conversations")
    .set({ answers: "agent", updated_at: now })
    .where("answers", "=", "automated")
    .execute();
  await db.deleteFrom("jobs").where("kind", "=", "answer-contact").execute();
}
