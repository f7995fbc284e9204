// The console: the journal's words made searchable and its entries told apart by outcome; the switch that pauses
// outreach; refused embeds; support links.
import { type Kysely, sql } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function consoleTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "outreach_pause", {
    scope: "text primary",
    paused_by: "text!",
    paused_at: "integer!",
  });
  await createTable(db, dialect, "embed_refusals", {
    id: "key",
    print: "text! unique",
    app: "text!",
    tenant: "text",
    account_domain: "text",
    mistake: "text!",
    tried: "text!",
    fits: "text",
    fits_how: "text",
    times: "integer!",
    first_at: "integer!",
    last_at: "integer!",
  });
  await createTable(db, dialect, "support_links", {
    id: "text primary",
    token_digest: "text! unique",
    created_at: "integer!",
    until: "integer!",
    last_used_at: "integer",
  });
  await createTable(db, dialect, "guide_ticks", {
    id: "text primary",
    tenant: "text!",
    ticked_at: "integer!",
  });
  await db.schema.createIndex("engagements_contact_only").on("engagements").columns(["contact"]).execute();
  await db.schema
    .createIndex("engagements_person_only")
    .on("engagements")
    .columns(["person_id", "tenant"])
    .execute();
  await launchesIntoTheirLane(db);
  await journalOutcome(db);
  if (dialect === "sqlite") await journalWords(db);
}

// What waits to be handed over has a lane of its own from now on: the lane that a pause closes.
async function launchesIntoTheirLane(db: Kysely<unknown>): Promise<void> {
  await sql`update jobs set lane_key = 'outreach:all'
    where kind in ('launch-engagement', 'hand-over-chunk') and state != 'dead'`.execute(db);
}

async function journalOutcome(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("journal").addColumn("outcome", "text").execute();
  await sql`update journal set outcome =
      (select e.outcome from engagements e where e.id = journal.engagement_id)
    where event in ('engagement.completed', 'engagement.failed', 'engagement.canceled', 'engagement.refused')`.execute(
    db,
  );
}

/**
 * Full-text index (SQLite FTS5). It keeps no copy of the text. Beside the words stand the facets: what is filtered by, as
 * words nobody types (see match-journal.ts), so that a rare filter is as fast as a rare word.
 */
async function journalWords(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table journal_words using fts5(words, facets, content='', contentless_delete=1,
    prefix='2 3', detail=column, tokenize="unicode61 remove_diacritics 2")`.execute(db);
  await sql`create virtual table journal_terms using fts5vocab(journal_words, instance)`.execute(db);
  await sql`insert into journal_words (rowid, words, facets)
    select seq, search, ${sql.raw(facets("journal"))} from journal order by seq`.execute(db);
  await sql`create trigger journal_words_added after insert on journal begin
    insert into journal_words (rowid, words, facets) values (new.seq, new.search, ${sql.raw(facets("new"))});
  end`.execute(db);
  await sql`create trigger journal_words_dropped after delete on journal begin
    delete from journal_words where rowid = old.seq;
  end`.execute(db);
}

/** Each as one word: the sign no text begins a word with, the column's letter, the value in hex. */
const facets = (row: string): string =>
  Object.entries({
    s: "severity",
    e: "event",
    t: "tenant",
    u: "user_id",
    p: "person_id",
    c: "channel",
    o: "outcome",
  })
    .map(([letter, column]) => `'ʘ${letter}' || hex(ifnull(${row}.${column}, ''))`)
    .join(" || ' ' || ");
