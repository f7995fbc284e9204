// The ledger as a CSV file, piece by piece: nothing of five years is held in memory at once. Called by the console's route.
import { isoTime } from "../base/clock.ts";
import { BYTE_ORDER_MARK, csvCell } from "../base/csv-cell.ts";
import type { Db } from "../db/schema.ts";
import { type LedgerFilters, type LedgerRow, readLedgerForward } from "./ledger.store.ts";

/** Title → value. The titles are a contract with whoever reads the file. */
const COLUMNS: readonly (readonly [title: string, read: (row: LedgerRow) => string | null])[] = [
  ["Time (UTC)", ({ at }) => isoTime(at)],
  ["Brokerage", ({ tenant }) => tenant],
  /** queue: when it was asked for; launch: right before it went out; message: a further message. */
  ["Stage", ({ stage }) => stage],
  /** allowed, held (until an allowed hour) or refused. */
  ["Decision", ({ decision }) => decision],
  /** The rule that held or refused it, in its code. */
  ["Rule", ({ rule }) => rule],
  ["Channel", ({ channel }) => channel],
  ["Number or address", ({ contact }) => contact],
  ["Person id", ({ person_id }) => person_id],
  ["Agent id", ({ user_id }) => user_id],
  ["Engagement id", ({ engagement_id }) => engagement_id],
  ["Campaign id", ({ campaign_id }) => campaign_id],
  /** JSON: local times and rules looked at, counts, the wish that blocked. */
  ["Detail", ({ detail }) => detail],
];

const ROWS_PER_PIECE = 500;

/** RFC 4180, oldest first, with a byte-order mark so that spreadsheets read it as UTF-8. */
export async function* exportLedger(db: Db, filters: LedgerFilters): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${COLUMNS.map(([title]) => title).join(",")}\r\n`;
  for (let after: number | null = 0; after !== null; ) {
    const page = await readLedgerForward(db, filters, { after, limit: ROWS_PER_PIECE });
    const lines = page.rows.map((row) => COLUMNS.map(([, read]) => csvCell(read(row))).join(","));
    if (lines.length > 0) yield `${lines.join("\r\n")}\r\n`;
    after = page.next;
  }
}
