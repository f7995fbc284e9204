// Reads the journal by filters, words and position. Newest first, or oldest first when following on from a seq. SQLite
// answers filters and words from the full-text index; another database looks through the text.
import { type SelectQueryBuilder, SqliteAdapter, sql } from "kysely";
import type { JournalEntry, JournalQuery, Severity } from "../../shared/journal.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { Database, Db, JournalTable } from "../db/schema.ts";
import { askedFor, matchJournal, signsOf, wordsOf } from "./match-journal.ts";

const COLUMNS = [
  "journal.seq",
  "journal.at",
  "journal.severity",
  "journal.event",
  "journal.message",
  "journal.tenant",
  "journal.user_id",
  "journal.person_id",
  "journal.engagement_id",
  "journal.channel",
  "journal.outcome",
  "journal.detail",
] as const;

const FILTERS = [
  "tenant",
  "severity",
  "event",
  "person_id",
  "user_id",
  "engagement_id",
  "channel",
  "outcome",
] as const;

/** `indexed`: false looks through the text, as where there is no index. */
export async function queryJournal(
  db: Db,
  query: JournalQuery,
  indexed = hasIndex(db),
): Promise<JournalEntry[]> {
  const span = await spanOf(db, query);
  if (span === null) return [];
  const match = indexed && !isSmall(query) ? await matchJournal(db, query) : null;
  const select = match === null ? plainSearch(db, query) : indexSearch(db, match, query);
  const order = query.after_seq === undefined ? "desc" : "asc";
  const position = match === null ? "journal.seq" : sql.ref<number>("journal_words.rowid");
  let positioned = select.where(position, ">", span.after).where(position, "<", span.before);
  if (query.since) positioned = positioned.where("journal.at", ">=", Date.parse(query.since));
  if (query.until) positioned = positioned.where("journal.at", "<=", Date.parse(query.until));
  const rows = await positioned.orderBy(position, order).limit(query.limit).select(COLUMNS).execute();
  return rows.map(toJournalEntry);
}

type JournalSelect = SelectQueryBuilder<Database, "journal", object>;

function hasIndex(db: Db): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

// An outreach has few entries and an index of its own, a brokerage alone too; so is whatever has no filter at all.
function isSmall(query: JournalQuery): boolean {
  if (query.engagement_id) return true;
  const filtered = FILTERS.some((column) => column !== "tenant" && query[column]);
  return !filtered && wordsOf(query).length === 0;
}

function indexSearch(db: Db, match: string, query: JournalQuery): JournalSelect {
  const select = db
    .selectFrom("journal_words")
    .innerJoin("journal", "journal.seq", "journal_words.rowid")
    .where(sql<boolean>`journal_words match ${match}`) as unknown as JournalSelect;
  return signsOf(query).reduce((narrowed, text) => narrowed.where(contains(text)), select);
}

function contains(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`journal.search like ${pattern} escape '\\'`;
}

function plainSearch(db: Db, query: JournalQuery): JournalSelect {
  let select: JournalSelect = db.selectFrom("journal");
  for (const column of FILTERS) {
    const value = query[column];
    if (value !== undefined && value !== "") select = select.where(`journal.${column}`, "=", value);
  }
  return askedFor(query).reduce((narrowed, text) => narrowed.where(contains(text)), select);
}

/** Entries that are only told are written a moment after their time, so order and time may differ by this many. */
const OUT_OF_ORDER = 5_000;

/** Where by their number the entries of a time lie, so that a search of last week does not begin today; null: nowhere. */
async function spanOf(db: Db, query: JournalQuery): Promise<{ after: number; before: number } | null> {
  let after = query.after_seq ?? 0;
  let before = query.before_seq ?? Number.MAX_SAFE_INTEGER;
  if (query.since) {
    const first = await atEdge(db, ">=", Date.parse(query.since), "asc");
    if (first === undefined) return null;
    after = Math.max(after, first - OUT_OF_ORDER);
  }
  if (query.until) {
    const last = await atEdge(db, "<=", Date.parse(query.until), "desc");
    if (last === undefined) return null;
    before = Math.min(before, last + OUT_OF_ORDER);
  }
  return { after, before };
}

async function atEdge(
  db: Db,
  compare: ">=" | "<=",
  at: number,
  order: "asc" | "desc",
): Promise<number | undefined> {
  const row = await db
    .selectFrom("journal")
    .select("seq")
    .where("at", compare, at)
    .orderBy("at", order)
    .limit(1)
    .executeTakeFirst();
  return row?.seq;
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
    outcome: row.outcome,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
  };
}
