// Reads the journal by filters, words and position. Newest first, or oldest first when following on from a seq.
import { sql } from "kysely";
import type { JournalEntry, JournalQuery, Severity } from "../../shared/journal.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { Db, JournalTable } from "../db/schema.ts";

const COLUMNS = [
  "seq",
  "at",
  "severity",
  "event",
  "message",
  "tenant",
  "user_id",
  "person_id",
  "engagement_id",
  "channel",
  "detail",
] as const;

export async function queryJournal(db: Db, query: JournalQuery): Promise<JournalEntry[]> {
  let select = db.selectFrom("journal").select(COLUMNS);
  for (const column of ["tenant", "severity", "event", "person_id", "user_id", "engagement_id"] as const) {
    const value = query[column];
    if (value !== undefined && value !== "") select = select.where(column, "=", value);
  }
  if (query.since) select = select.where("at", ">=", Date.parse(query.since));
  if (query.until) select = select.where("at", "<=", Date.parse(query.until));
  if (query.before_seq !== undefined) select = select.where("seq", "<", query.before_seq);
  if (query.after_seq !== undefined) select = select.where("seq", ">", query.after_seq);
  for (const word of (query.search ?? "").toLowerCase().split(/\s+/).filter(Boolean)) {
    const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
    select = select.where(sql<boolean>`search like ${pattern} escape '\\'`);
  }
  const order = query.after_seq === undefined ? "desc" : "asc";
  const rows = await select.orderBy("seq", order).limit(query.limit).execute();
  return rows.map(toJournalEntry);
}

/** A stored row as the console reads it. */
function toJournalEntry(row: Omit<JournalTable, "seq" | "search"> & { seq: number }): JournalEntry {
  return {
    seq: row.seq,
    at: isoTime(row.at),
    severity: row.severity as Severity,
    event: row.event,
    message: row.message,
    tenant: row.tenant,
    user_id: row.user_id,
    person_id: row.person_id,
    engagement_id: row.engagement_id,
    channel: row.channel,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
  };
}
