// A do-not-call list from a CSV file: numbers or addresses, perhaps with notes. What is wrong with a line is that line's;
// all others are taken, in one transaction. Called by the console.
import { setImmediate as nextTurn } from "node:timers/promises";
import { parse } from "csv-parse/sync";
import { GatewayError } from "../base/errors.ts";
import type { Db, Trx } from "../db/schema.ts";
import { contactKey } from "./contact-key.ts";

export interface ImportDoNotCall {
  readonly tenant: string;
  readonly text: string;
  /** Who imports it: "console". */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface ImportedDoNotCall {
  readonly added: number;
  /** Were on the list already, or stand in the file twice. */
  readonly known: number;
  /** Lines without a number or address: the first thousand. */
  readonly invalid: readonly { readonly line: number; readonly text: string }[];
  /** How many such lines there are. */
  readonly invalidTotal: number;
}

const MOST_ROWS = 200_000;
const MOST_INVALID = 1_000;
const AT_ONCE = 500;
const MOST_NOTE = 500;

const CONTACT_COLUMNS = new Set(
  "phone,phone number,number,phones,telephone,mobile,cell,cell phone,e mail,email,email address,address,contact".split(
    ",",
  ),
);
const NOTE_COLUMNS = new Set("note,notes,reason,comment,comments,remark".split(","));

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Columns {
  readonly contacts: readonly number[];
  readonly note: number;
}

/** @throws GatewayError csv_invalid where the file as a whole cannot be read, or has too many rows. */
export async function importDoNotCall(db: Db, file: ImportDoNotCall): Promise<ImportedDoNotCall> {
  const { columns, rows } = readRows(file.text);
  const invalid: { line: number; text: string }[] = [];
  const notes = new Map<string, string | null>();
  let named = 0;
  for (const [index, { line, cells }] of rows.entries()) {
    // Numbers in other spellings take a while to read: others get their turn.
    if (index % AT_ONCE === 0) await nextTurn();
    const keys = columns.contacts.flatMap((column) => contactKey(cells[column] ?? "") ?? []);
    if (keys.length === 0) invalid.push({ line, text: cells.join(",").slice(0, 100) });
    named += keys.length;
    const note = (cells[columns.note] ?? "").slice(0, MOST_NOTE) || null;
    for (const key of keys) if (!notes.has(key)) notes.set(key, note);
  }
  const added = await db.transaction().execute((trx) => insertNew(trx, file, [...notes]));
  return {
    added,
    known: named - added,
    invalid: invalid.slice(0, MOST_INVALID),
    invalidTotal: invalid.length,
  };
}

function readRows(text: string): { columns: Columns; rows: Row[] } {
  const rows = parseRows(text);
  if (rows.length === 0) throw refused(1, "there is nothing in the file");
  if (rows.length > MOST_ROWS + 1)
    throw refused(MOST_ROWS + 2, `a file may have at most ${MOST_ROWS} rows; this one has ${rows.length}`);
  const names = (rows[0]?.cells ?? []).map((cell) => cell.toLowerCase().replace(/[\s_-]+/g, " "));
  const contacts = names.flatMap((name, index) => (CONTACT_COLUMNS.has(name) ? [index] : []));
  if (contacts.length === 0) return { columns: { contacts: [0], note: 1 }, rows };
  return {
    columns: { contacts, note: names.findIndex((name) => NOTE_COLUMNS.has(name)) },
    rows: rows.slice(1),
  };
}

function parseRows(text: string): Row[] {
  if (text.includes("\0")) throw refused(1, "this is not a CSV file");
  const [firstLine = ""] = text.trimStart().split("\n", 1);
  try {
    const records = parse(text.replaceAll(/\r\n?/g, "\n"), {
      bom: true,
      delimiter: firstLine.includes(";") && !firstLine.includes(",") ? ";" : ",",
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: record }));
  } catch (error) {
    const { lines = 1 } = error as { lines?: number };
    throw refused(lines, "the file cannot be read as CSV; is a quote never closed?", error);
  }
}

/** A row is counted at its end; with line breaks in its values it began so many lines before. */
const breaksIn = (record: readonly string[]): number =>
  record.reduce((sum, value) => sum + value.split("\n").length - 1, 0);

async function insertNew(
  trx: Trx,
  { tenant, by, at }: ImportDoNotCall,
  entries: readonly (readonly [contact: string, note: string | null])[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const chunk = entries.slice(from, from + AT_ONCE);
    const known = await knownOf(
      trx,
      tenant,
      chunk.map(([contact]) => contact),
    );
    const rows = chunk
      .filter(([contact]) => !known.has(contact))
      .map(([contact, said]) => ({
        tenant,
        kind: "do_not_call" as const,
        contact,
        scope: "all",
        source: "import",
        said,
        created_by: by,
        created_at: at,
      }));
    if (rows.length > 0) await trx.insertInto("suppressions").values(rows).execute();
    added += rows.length;
  }
  return added;
}

async function knownOf(
  trx: Trx,
  tenant: string,
  contacts: readonly string[],
): Promise<ReadonlySet<string | null>> {
  const rows = await trx
    .selectFrom("suppressions")
    .select("contact")
    .where("tenant", "=", tenant)
    .where("contact", "in", contacts)
    .where("kind", "=", "do_not_call")
    .where("scope", "=", "all")
    .where("source", "=", "import")
    .where("ended_at", "is", null)
    .execute();
  return new Set(rows.map(({ contact }) => contact));
}

function refused(line: number, message: string, cause?: unknown): GatewayError {
  return new GatewayError("csv_invalid", {
    sentence: `Line ${line}: ${message}. Nothing was imported.`,
    details: [{ line, message }],
    cause,
  });
}
