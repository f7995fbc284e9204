// The journal of a data folder for the command line, also while a gateway is writing it: the newest entries of any number,
// and what came after an entry.
import { join } from "node:path";
import { z } from "zod";
import { type JournalEntry, type JournalQuery, journalEntrySchema } from "../shared/journal.schema.ts";
import { GatewayError } from "./base/errors.ts";
import { databaseUnusable } from "./db/database-unusable.ts";
import { openForReading } from "./db/open-for-reading.ts";
import { refuseOtherDatabase } from "./db/refuse-other-database.ts";
import type { Host } from "./host.ts";
import { queryJournal } from "./log/query-journal.ts";

/** Filters, and where to begin; how many is said apart. */
export type JournalFilter = Omit<JournalQuery, "limit">;

export interface OfflineJournal {
  /** The newest `most` entries in pages, the oldest first. Only one page is held at a time. */
  newest(filter: JournalFilter, most: number): AsyncGenerator<readonly JournalEntry[]>;
  /** What came after the entry `seq`, the oldest first, at most a page. */
  after(filter: JournalFilter, seq: number): Promise<readonly JournalEntry[]>;
  close(): Promise<void>;
}

const PAGE = 1_000;

/** @throws GatewayError not_found where there is none yet, settings_invalid; reading throws database_unusable. */
export function openJournalOffline(host: Host): OfflineJournal {
  refuseOtherDatabase(host.environment);
  const file = join(host.dataDir, "gateway.db");
  const opened = openFile(file);
  if (!opened)
    throw new GatewayError("not_found", { sentence: `There is no journal in ${host.dataDir} yet.` });
  const ask: Ask = async (query) => {
    const rows = await queryJournal(opened.db, query).catch((error: unknown) => {
      throw databaseUnusable(file, error);
    });
    return z.array(journalEntrySchema).parse(rows);
  };
  return {
    newest: (filter, most) => readNewest(ask, filter, most),
    after: (filter, seq) => ask({ ...filter, after_seq: seq, limit: PAGE }),
    close: opened.close,
  };
}

type Ask = (query: JournalQuery) => Promise<JournalEntry[]>;

function openFile(file: string) {
  try {
    return openForReading(file);
  } catch (error) {
    throw databaseUnusable(file, error);
  }
}

async function* readNewest(ask: Ask, filter: JournalFilter, most: number): AsyncGenerator<JournalEntry[]> {
  for (const page of await findPages(ask, filter, most)) yield (await ask({ ...filter, ...page })).reverse();
}

type Place = Pick<JournalQuery, "before_seq" | "limit">;

/** They can only be found from the newest on. */
async function findPages(ask: Ask, filter: JournalFilter, most: number): Promise<Place[]> {
  const pages: Place[] = [];
  let before = filter.before_seq;
  for (let left = most; left > 0; left -= PAGE) {
    const limit = Math.min(PAGE, left);
    const entries = await ask({ ...filter, before_seq: before, limit });
    const [newest, oldest] = [entries[0], entries.at(-1)];
    if (!newest || !oldest) break;
    pages.unshift({ before_seq: newest.seq + 1, limit: entries.length });
    if (entries.length < limit) break;
    before = oldest.seq;
  }
  return pages;
}
