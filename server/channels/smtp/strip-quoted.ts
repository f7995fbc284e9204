// What somebody really wrote in a reply: without the e-mail it answers, and without the signature. Pure; used for the
// transcript, and before anything looks for a wish to opt out, since our own footer stands in most quotes.
import {
  ATTRIBUTIONS,
  BLOCK_FIRST,
  BLOCK_NEXT,
  BLOCK_RULE,
  DEVICE_LINES,
  DIVIDERS,
} from "./quote-layouts.ts";

const MOST_CHARS = 200_000;
/** No mark of a mail program is longer; longer lines are not even looked at, so that none takes long. */
const LONGEST_MARK = 200;

/** Answers written between or below the quoted lines stay, in their order. Empty when nothing new was written. */
export function stripQuoted(text: string): string {
  const lines = text
    .slice(0, MOST_CHARS)
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.replace(/[\u00a0\u200b\ufeff]/g, " ").trimEnd());
  const kept = withoutSignature(withoutQuotes(lines));
  return kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const isQuoted = (line: string): boolean => /^\s{0,3}>/.test(line);

function withoutQuotes(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (isQuoted(line)) continue;
    if (endsHere(lines, index)) break;
    const length = attributionLength(lines, index);
    if (length === 0) kept.push(line);
    // Below it everything is quoted, unless the quoted lines are marked: then an answer may stand between or below them.
    else if (!isQuoted(nextWritten(lines, index + length))) break;
    else index += length - 1;
  }
  return kept;
}

function endsHere(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? "").trim();
  if (line.length > LONGEST_MARK) return false;
  if (DIVIDERS.some((divider) => divider.test(line))) return true;
  if (BLOCK_RULE.test(line)) return isBlock(lines, index + 1);
  return isBlock(lines, index);
}

/** "From: … Sent: … To: … Subject: …", at least three of them in the next six lines. */
function isBlock(lines: readonly string[], index: number): boolean {
  const written = lines.slice(index, index + 8).filter((line) => line.trim() !== "");
  const [first, ...rest] = written;
  if (first === undefined || !BLOCK_FIRST.test(first.trim())) return false;
  return rest.slice(0, 5).filter((line) => BLOCK_NEXT.test(line.trim())).length >= 2;
}

/** How many lines an attribution takes that begins here; 0 when none does. Mail programs break it into up to three. */
function attributionLength(lines: readonly string[], index: number): number {
  const first = (lines[index] ?? "").trim();
  if (first === "" || first.length > 300) return 0;
  let joined = "";
  for (let length = 1; length <= 3; length++) {
    const line = (lines[index + length - 1] ?? "").trim();
    if (line === "" || isQuoted(line)) return 0;
    joined = joined === "" ? line : `${joined} ${line}`;
    const found = line.endsWith(":") && joined.length <= 400;
    if (found && ATTRIBUTIONS.some((pattern) => pattern.test(joined))) return length;
  }
  return 0;
}

function nextWritten(lines: readonly string[], from: number): string {
  for (let index = from; index < Math.min(lines.length, from + 5); index++) {
    const line = lines[index] ?? "";
    if (line.trim() !== "") return line;
  }
  return "";
}

const isOfDevice = (line: string): boolean =>
  line === "" || (line.length <= LONGEST_MARK && DEVICE_LINES.some((pattern) => pattern.test(line)));

const MOST_SIGNATURE_LINES = 12;

function withoutSignature(lines: readonly string[]): string[] {
  const mark = lines.findLastIndex((line) => /^--\s?$/.test(line) || /^\s?—\s*$/.test(line));
  const below = lines.slice(mark + 1).filter((line) => line.trim() !== "").length;
  // Two dashes above a long text were meant as a line, not as the beginning of a signature.
  const signed =
    mark >= 0 && below <= MOST_SIGNATURE_LINES && lines.slice(0, mark).some((line) => line.trim());
  const kept = signed ? lines.slice(0, mark) : [...lines];
  while (kept.length > 0 && isOfDevice((kept.at(-1) ?? "").trim())) kept.pop();
  return kept;
}
