// XML as a strict parser reads it, no more of it than TwiML needs: no document type, no processing instructions, no
// namespaces. Used for every document the customer's server answers with, and for inline TwiML.

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (XmlElement | string)[];
}

const NAME = /[A-Za-z_][\w.:-]*/y;
const SPACE = /[ \t\r\n]*/y;
const ENTITY = /&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));|&/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const DEEPEST = 20;

interface Reader {
  readonly text: string;
  at: number;
}

/** The root element. @throws Error that says what is wrong and where */
export function parseXml(source: string): XmlElement {
  const reader: Reader = { text: source.replace(/^\uFEFF/, ""), at: 0 };
  const declaration = /^<\?xml[ \t\r\n][^?]*\?>/.exec(reader.text);
  if (declaration) reader.at = declaration[0].length;
  skipMisc(reader);
  const root = readElement(reader, 0);
  skipMisc(reader);
  if (reader.at < reader.text.length) fail(reader, "something stands behind the root element");
  return root;
}

function fail({ text, at }: Reader, problem: string): never {
  throw new Error(`${problem}, at character ${at + 1} of ${text.length}`);
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? "";
  reader.at += found.length;
  return found;
}

function takeText(reader: Reader, expected: string): boolean {
  if (!reader.text.startsWith(expected, reader.at)) return false;
  reader.at += expected.length;
  return true;
}

function takeUntil(reader: Reader, end: string, what: string): string {
  const stop = reader.text.indexOf(end, reader.at);
  if (stop < 0) fail(reader, `${what} does not end`);
  const inside = reader.text.slice(reader.at, stop);
  reader.at = stop + end.length;
  return inside;
}

/** Blanks and comments around the root. */
function skipMisc(reader: Reader): void {
  do take(reader, SPACE);
  while (takeComment(reader));
}

function takeComment(reader: Reader): boolean {
  if (!takeText(reader, "<!--")) return false;
  if (takeUntil(reader, "-->", "a comment").includes("--")) fail(reader, "a comment has -- in it");
  return true;
}

function readElement(reader: Reader, depth: number): XmlElement {
  if (depth > DEEPEST) fail(reader, "elements are nested too deeply");
  if (!takeText(reader, "<")) fail(reader, "an element was expected");
  const name = take(reader, NAME);
  if (name === "") fail(reader, "an element has no name");
  const attributes = readAttributes(reader);
  if (takeText(reader, "/>")) return { name, attributes, children: [] };
  if (!takeText(reader, ">")) fail(reader, `the tag <${name}> does not end`);
  const children: (XmlElement | string)[] = [];
  while (!takeText(reader, "</")) children.push(...readContent(reader, name, depth));
  if (take(reader, NAME) !== name) fail(reader, `<${name}> is not closed by its own name`);
  take(reader, SPACE);
  if (!takeText(reader, ">")) fail(reader, `the end tag of <${name}> does not end`);
  return { name, attributes, children };
}

function readContent(reader: Reader, parent: string, depth: number): (XmlElement | string)[] {
  if (reader.at >= reader.text.length) fail(reader, `<${parent}> is not closed`);
  if (takeComment(reader)) return [];
  if (takeText(reader, "<![CDATA[")) return [takeUntil(reader, "]]>", "a CDATA section")];
  if (reader.text.startsWith("<", reader.at)) return [readElement(reader, depth + 1)];
  const text = take(reader, /[^<]+/y);
  if (text.includes("]]>")) fail(reader, "]]> stands in a text");
  return [decode(reader, text)];
}

function readAttributes(reader: Reader): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (;;) {
    const space = take(reader, SPACE);
    const name = take(reader, NAME);
    if (name === "") return attributes;
    if (space === "") fail(reader, `there is no blank before ${name}`);
    if (Object.hasOwn(attributes, name)) fail(reader, `${name} is given twice`);
    take(reader, SPACE);
    if (!takeText(reader, "=")) fail(reader, `${name} has no value`);
    take(reader, SPACE);
    const quote = ['"', "'"].find((mark) => takeText(reader, mark));
    if (quote === undefined) fail(reader, `the value of ${name} is not in quotes`);
    const value = takeUntil(reader, quote, `the value of ${name}`);
    if (value.includes("<")) fail(reader, `the value of ${name} has < in it`);
    attributes[name] = decode(reader, value);
  }
}

function decode(reader: Reader, text: string): string {
  return text.replace(ENTITY, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
    if (!(code > 0 && code <= 0x10ffff)) fail(reader, "& does not begin an entity XML knows");
    return String.fromCodePoint(code);
  });
}

/** All text in it, its own and its children's. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => (typeof child === "string" ? [] : [child]));
}
