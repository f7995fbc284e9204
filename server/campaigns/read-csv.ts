// A CSV file as rows with the line each stands on. What is wrong with the file as a whole refuses all of it; what is
// wrong with one row is that row's.
import { isUtf8 } from "node:buffer";
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
  return records.map(({ record, info }) => withParams(info.lines - breaksIn(record), record));
}

function decode(file: Buffer): string {
  // The parser counts a CRLF within quotes as two lines.
  if (isUtf8(file)) return new TextDecoder("utf-8").decode(file).replaceAll(/\r\n?/g, "\n");
  const lines = file.toString("latin1").split(/\r\n?|\n/);
  const broken = lines.findIndex((line) => !isUtf8(Buffer.from(line, "latin1")));
  throw invalid(broken + 1, "the file is not in UTF-8. In Excel, save it as “CSV UTF-8 (Comma delimited)”");
}

interface InfoRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function parseRecords(text: string): InfoRecord[] {
  if (text.includes("\0")) throw invalid(1, "this is not a CSV file");
  let lastLine = -1;
  try {
    checkHeader(text);
    lastLine = 0;
    const onRecord: Options["on_record"] = (record, { lines }) => {
      lastLine = lines;
      return record;
    };
    const options = { ...OPTIONS, delimiter: delimiterOf(text), on_record: onRecord };
    return parse(text, options) as unknown as InfoRecord[];
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const { lines, code = "" } = error as { lines?: number; code?: string };
    const line = OPEN_ENDED.has(code) ? nextFilledLine(text, lastLine) : lines;
    throw invalid(line ?? 1, SENTENCES[code] ?? "the row cannot be read as CSV", error);
  }
}

/** Noticed far below the row they are about: there everything after a quote was taken for its value. */
const OPEN_ENDED: ReadonlySet<string> = new Set(["CSV_QUOTE_NOT_CLOSED", "CSV_MAX_RECORD_SIZE"]);

/** Where the row after line `after` begins; 0 is before the first row, -1 before the header. */
function nextFilledLine(text: string, after: number): number {
  const lines = text.split("\n");
  const from = after === -1 ? 0 : Math.max(after, lines.findIndex(isFilled) + 1);
  const next = lines.findIndex((line, index) => index >= from && isFilled(line));
  return next === -1 ? from : next + 1;
}

const isFilled = (line: string): boolean => line.trim() !== "";

const SENTENCES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: "a quote is closed in the middle of a value",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: "a quote is closed in the middle of a value",
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
  const [header = ""] = text.trimStart().split("\n", 1);
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

/** A row is counted at its end; with line breaks in its values it began so many lines before. */
const breaksIn = (record: Readonly<Record<string, string>>): number =>
  Object.values(record).reduce((sum, value) => sum + value.split("\n").length - 1, 0);

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
