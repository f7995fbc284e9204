// The text of an HTML mail, quotes marked as in plain text ("> "). Made for mails that bring no plain text; pure.

const MOST_CHARS = 400_000;

/** Never throws; takes time linear in the text. */
export function htmlToText(html: string): string {
  const pieces = withoutComments(html.slice(0, MOST_CHARS)).split(/(<[!?][^<>]*>|<\/?[a-zA-Z][^<>]*>)/);
  const writer = { lines: [""], depth: 0 };
  let skipping = "";
  for (const piece of pieces) {
    const tag = tagOf(piece);
    if (skipping !== "") {
      if (tag?.closes === true && tag.name === skipping) skipping = "";
    } else if (/^<[!?]/.test(piece)) continue;
    else if (!tag) writeText(writer, piece);
    else if (SILENT.has(tag.name)) skipping = tag.closes ? "" : tag.name;
    else writeTag(writer, tag);
  }
  return writer.lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function withoutComments(html: string): string {
  let text = "";
  let end = 0;
  for (let start = html.indexOf("<!--"); start >= 0; start = html.indexOf("<!--", end)) {
    text += html.slice(end, start);
    const closing = html.indexOf("-->", start);
    if (closing < 0) return text;
    end = closing + 3;
  }
  return text + html.slice(end);
}

interface Writer {
  readonly lines: string[];
  depth: number;
}
interface Tag {
  readonly name: string;
  readonly closes: boolean;
}

/** What stands in these is not read by people. */
const SILENT = new Set(["script", "style", "title", "template"]);
const BREAKS = new Set([
  "p",
  "div",
  "tr",
  "table",
  "ul",
  "ol",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "pre",
  "hr",
]);

function tagOf(piece: string): Tag | undefined {
  const match = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)/.exec(piece);
  return match?.[2] === undefined ? undefined : { name: match[2].toLowerCase(), closes: match[1] === "/" };
}

function writeTag(writer: Writer, { name, closes }: Tag): void {
  if (name === "br") startLine(writer);
  else if (name === "blockquote") {
    freshLine(writer);
    writer.depth = Math.max(0, writer.depth + (closes ? -1 : 1));
    startLine(writer);
  } else if (name === "li" && !closes) {
    freshLine(writer);
    writeText(writer, "- ");
  } else if (name === "td" || name === "th") writeText(writer, " ");
  else if (name === "p" && closes) {
    freshLine(writer);
    startLine(writer);
  } else if (BREAKS.has(name)) freshLine(writer);
}

const prefix = ({ depth }: Writer): string => "> ".repeat(Math.min(depth, 5));

function startLine(writer: Writer): void {
  writer.lines.push(prefix(writer));
}

function freshLine(writer: Writer): void {
  const last = writer.lines.at(-1) ?? "";
  if (last.trim() !== prefix(writer).trim()) startLine(writer);
}

function writeText(writer: Writer, html: string): void {
  const text = decodeEntities(html).replace(/\s+/g, " ");
  const last = writer.lines.at(-1) ?? "";
  const atStart = last === prefix(writer);
  writer.lines[writer.lines.length - 1] = last + (atStart || last.endsWith(" ") ? text.trimStart() : text);
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["laquo", "«"],
  ["raquo", "»"],
  ["eacute", "é"],
  ["egrave", "è"],
  ["ecirc", "ê"],
  ["agrave", "à"],
  ["ccedil", "ç"],
  ["uuml", "ü"],
  ["ouml", "ö"],
  ["auml", "ä"],
  ["szlig", "ß"],
  ["ntilde", "ñ"],
  ["iexcl", "¡"],
  ["iquest", "¿"],
  ["euro", "€"],
  ["copy", "©"],
  ["zwnj", ""],
]);

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return namedEntity(String(name)) ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : "";
  });
}

// "eacute" is é, "Eacute" is É.
function namedEntity(name: string): string | undefined {
  const found = NAMED.get(name.toLowerCase());
  return /^[A-Z]/.test(name) ? found?.toUpperCase() : found;
}
