// A journal to measure: filled with made-up entries through the same tables and triggers as the gateway's. For `bench`.
import { sql } from "kysely";
import { journalQuerySchema } from "../../shared/journal.schema.ts";
import { systemClock } from "../base/clock.ts";
import { createDisplayBus } from "../base/display-events.ts";
import { openDatabase } from "../db/open-database.ts";
import type { Db } from "../db/schema.ts";
import { createJournal, type Journal, type JournalLine } from "./journal.ts";

export interface JournalBench {
  fill(entries: number): Promise<void>;
  /** As GET /api/journal; how many it found. */
  search(query: Readonly<Record<string, unknown>>): Promise<number>;
  /** Each in a transaction of its own; how long each took, ms. */
  write(entries: number): Promise<number[]>;
  /** Gathered and written together; ms until they are on disk. */
  tell(entries: number): Promise<number>;
  /** Switches the full-text index on or off for what is written from now on. */
  index(on: boolean): Promise<void>;
  close(): Promise<void>;
}

export async function openJournalBench(dataDir: string): Promise<JournalBench> {
  const { db, close } = await openDatabase({ dataDir, beforeMigrating: async () => undefined });
  const bus = createDisplayBus(raise);
  const times = { now: START };
  const journal = createJournal({
    db,
    clock: { ...systemClock, now: () => (times.now += 20) },
    bus,
    onError: raise,
  });
  const trigger = await readTrigger(db);
  return {
    fill: async (entries) => {
      for (let nth = 0; nth < entries; nth += BATCH) {
        for (let one = nth; one < nth + BATCH; one++) journal.tell(madeUp(one));
        await journal.flush();
      }
    },
    search: async (query) => (await journal.query(journalQuerySchema.parse(query))).length,
    write: (entries) => writeEach(journal, db, entries),
    tell: async (entries) => {
      for (let nth = 0; nth < entries; nth++) journal.tell(madeUp(nth));
      const began = performance.now();
      await journal.flush();
      return performance.now() - began;
    },
    index: async (on) => {
      await sql`drop trigger if exists journal_words_added`.execute(db);
      if (on) await sql.raw(trigger).execute(db);
    },
    close,
  };
}

const START = Date.parse("2026-01-31T12:00:00Z") - 500_000 * 20;
/** One less than what the journal writes by itself. */
const BATCH = 1_999;

function raise(error: unknown): never {
  throw error;
}

async function readTrigger(db: Db): Promise<string> {
  const { rows } = await sql<{
    sql: string;
  }>`select sql from sqlite_schema where name = 'journal_words_added'`.execute(db);
  return rows[0]?.sql ?? "";
}

async function writeEach(journal: Journal, db: Db, entries: number): Promise<number[]> {
  const took: number[] = [];
  for (let nth = 0; nth < entries; nth++) {
    const began = performance.now();
    await db.transaction().execute((trx) => journal.add(trx, madeUp(nth)));
    took.push(performance.now() - began);
  }
  return took;
}

const PEOPLE = ["Nivia Guerra", "Bruno Busy", "Vera Voicemail", "José Álvarez", "Sam Okafor", "Zoë Quill"];
const EVENTS = [
  "engagement.accepted",
  "engagement.completed",
  "activity.written",
  "embed.opened",
  "person.found",
  "campaign.started",
];
const OUTCOMES = ["connected", "no_answer", "busy", "voicemail"];

function madeUp(nth: number): JournalLine {
  const event = EVENTS[nth % EVENTS.length] ?? "";
  const outcome = event === "engagement.completed" ? (OUTCOMES[nth % 4] ?? null) : null;
  return {
    event,
    severity: nth % 997 === 0 ? "error" : nth % 53 === 0 ? "warn" : "info",
    message: `The outreach to ${PEOPLE[nth % PEOPLE.length]} is ${outcome ?? "going on"}; call ${nth} was written in Follow Up Boss`,
    tenant: nth % 499 === 0 ? "rare" : `brokerage-${nth % 4}`,
    userId: `u${nth % 40}`,
    personId: String(nth % 30_011),
    engagementId: `eng_${Math.floor(nth / 4)
      .toString(36)
      .padStart(10, "0")}`,
    channel: ["phone", "sms", "email"][(nth % 7) % 3] ?? "phone",
    outcome,
    detail: { crm_id: String(nth) },
  };
}
