// A CSV file as rows with the line each stands on. What is wrong with the file as a whole refuses all of it; what is
// wrong with one row is that row's.
import { type Options, parse } from "csv-parse/sync";
import { BULK_COLUMNS, MOST_ROWS } from "../../shared/bulk.schema.ts";
import { GatewayError } from "../base/errors.ts";

export interface CsvRow {
  readonly line: number;
  readonly row: Readonly<Record<string, unknown>>;
  readonly problem?: string;
}

const OPTIONS: Options = {
  bom: true,
  columns: (header: string[]) => header.map(columnName),
  info: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  trim: true,
  max_record_size: 100_000,
};

/** @throws GatewayError csv_invalid with `details: [{line, message}]`. */
export function readCsv(file: Buffer): CsvRow[] {
  const text = decode(file);
  const records = parseRecords(text);
  if (records.length === 0) throw invalid(2, "there are no rows below the header");
  if (records.length > MOST_ROWS)
    throw invalid(MOST_ROWS + 2, `a file may have at most ${MOST_ROWS} rows; this one has ${records.length}`);
  return records.map(({ record, info }) => withParams(info.lines, record));
}

function decode(file: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    const before = file.subarray(0, firstBroken(file)).toString("latin1");
    throw invalid(
      before.split("\n").length,
      "the file is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)”",
    );
  }
}

/** Where the first byte stands that is not UTF-8. */
function firstBroken(file: Buffer): number {
  const replaced = file.toString("utf8").indexOf("\uFFFD");
  return Buffer.byteLength(file.toString("utf8").slice(0, Math.max(0, replaced)));
}

interface InfoRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function parseRecords(text: string): InfoRecord[] {
  if (text.includes("\0")) throw invalid(1, "this is not a CSV file");
  try {
    checkHeader(text);
    return parse(text, { ...OPTIONS, delimiter: delimiterOf(text) }) as unknown as InfoRecord[];
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const { lines, code } = error as { lines?: number; code?: string };
    throw invalid(lines ?? 1, SENTENCES[code ?? ""] ?? "the row cannot be read as CSV", error);
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: "a quote is closed in the middle of a value",
  INVALID_OPENING_QUOTE: "a quote stands in the middle of a value; write it twice inside quotes",
  CSV_RECORD_INCONSISTENT_COLUMNS: "the row has more or fewer values than the header has columns",
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: "the row has more or fewer values than the header has columns",
  CSV_MAX_RECORD_SIZE: "the row is too long; is a quote never closed?",
};

const columnName = (title: string): string =>
  title
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

// Spreadsheets in many countries separate by semicolons.
const delimiterOf = (text: string): string => {
  const header = text.slice(0, text.search(/\r|\n|$/));
  return header.includes(";") && !header.includes(",") ? ";" : ",";
};

function checkHeader(text: string): void {
  const rows = parse(text, {
    bom: true,
    to: 1,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    delimiter: delimiterOf(text),
  });
  const columns = (rows[0] ?? []).map(columnName);
  if (columns.length === 0) throw invalid(1, "the file is empty");
  const unknown = columns.filter((name) => !BULK_COLUMNS.some((known) => known === name));
  if (unknown.length > 0) {
    const names = unknown.map((name) => `“${name.slice(0, 40)}”`).join(", ");
    throw invalid(1, `unknown column ${names}. Known columns: ${BULK_COLUMNS.join(", ")}`);
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(1, `the column “${twice}” stands there twice`);
  if (!columns.includes("instruction")) throw invalid(1, "the column “instruction” is missing");
  if (!["phone_number", "email", "email_address"].some((name) => columns.includes(name)))
    throw invalid(1, "a column “phone_number” or “email” is missing");
}

function withParams(line: number, record: Readonly<Record<string, string>>): CsvRow {
  const filled = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
  const { email_template_params: params, ...row } = filled;
  if (params === undefined) return { line, row };
  try {
    return { line, row: { ...row, email_template_params: JSON.parse(params) } };
  } catch {
    return { line, row, problem: "email_template_params: must be a JSON object" };
  }
}

function invalid(line: number, message: string, cause?: unknown): GatewayError {
  return new GatewayError("csv_invalid", {
    sentence: `Line ${line}: ${message}. Nothing was queued.`,
    details: [{ line, message }],
    cause,
  });
}
