// What a strict mail server, or a mail program behind it, would object to in an e-mail it was given. Looked at for every
// e-mail the pretend server takes; nothing is refused for it, so that a test sees all there is.

export interface MailCircumstances {
  /** Domain of the login it was sent with. */
  readonly domain: string;
  readonly sender: string;
  readonly smtpUtf8: boolean;
  readonly eightBit: boolean;
}

/** RFC 5322, 3.6: at most one of each. */
const ONCE = [
  "date",
  "from",
  "sender",
  "reply-to",
  "to",
  "cc",
  "message-id",
  "in-reply-to",
  "references",
  "subject",
  "list-unsubscribe",
  "list-unsubscribe-post",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "auto-submitted",
];

/** In plain words; empty when there is nothing to object to. */
export function checkMail(raw: Buffer, circumstances: MailCircumstances): string[] {
  const text = raw.toString("latin1");
  const split = text.indexOf("\r\n\r\n");
  const head = split < 0 ? text : text.slice(0, split);
  const fields = readFields(head);
  return [
    ...checkLines(text),
    ...checkEightBit(head, text, circumstances),
    ...checkFields(head, fields),
    ...checkOrigin(fields, circumstances),
    ...checkUnsubscribe(fields),
  ];
}

interface Field {
  readonly name: string;
  readonly value: string;
}

const readFields = (head: string): Field[] =>
  head
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .map((line) => {
      const colon = line.indexOf(":");
      return { name: line.slice(0, Math.max(0, colon)).toLowerCase(), value: line.slice(colon + 1).trim() };
    });

const valuesOf = (fields: readonly Field[], name: string): string[] =>
  fields.filter((field) => field.name === name).map(({ value }) => value);

function checkLines(text: string): string[] {
  const longest = text.split("\r\n").reduce((most, { length }) => Math.max(most, length), 0);
  return [
    ...(longest > 998 ? [`a line of ${longest} characters; 998 are allowed`] : []),
    ...(/[^\r]\n|\r[^\n]/.test(text) ? ["a line that ends with half a line end"] : []),
    ...(text.includes("\0") ? ["a NUL"] : []),
  ];
}

function checkEightBit(head: string, text: string, circumstances: MailCircumstances): string[] {
  const inHead = /[\x80-\xff]/.test(head);
  const inBody = /[\x80-\xff]/.test(text.slice(head.length));
  return [
    ...(inHead && !circumstances.smtpUtf8 ? ["a header with 8-bit characters that are not encoded"] : []),
    ...(inBody && !circumstances.eightBit ? ["a body with 8-bit characters nobody announced"] : []),
  ];
}

function checkFields(head: string, fields: readonly Field[]): string[] {
  const malformed = head.split("\r\n").filter((line) => !/^(?:[!-9;-~]+:|[ \t]+\S)/.test(line));
  const twice = ONCE.filter((name) => valuesOf(fields, name).length > 1);
  const missing = ["from", "to", "date", "message-id", "subject"].filter(
    (name) => valuesOf(fields, name).length === 0,
  );
  const [id = "<none@none>"] = valuesOf(fields, "message-id");
  const [date = "1 Jan 2026"] = valuesOf(fields, "date");
  return [
    ...malformed.map((line) => `a line that is no header: ${line.slice(0, 60)}`),
    ...twice.map((name) => `${name} more than once`),
    ...missing.map((name) => `no ${name}`),
    ...(/^<[^<>@\s]+@[^<>@\s]+>$/.test(id) ? [] : [`a Message-ID that is none: ${id}`]),
    ...(Number.isNaN(Date.parse(date)) ? [`a Date that is none: ${date}`] : []),
  ];
}

const domainIn = (address: string): string => /@([^\s<>@]+)/.exec(address)?.[1]?.toLowerCase() ?? "";

function checkOrigin(fields: readonly Field[], { domain, sender }: MailCircumstances): string[] {
  const [from = ""] = valuesOf(fields, "from");
  return [
    ...(domainIn(from) === domain ? [] : [`From is of ${domainIn(from)}, the login of ${domain}`]),
    ...(sender === "" || domainIn(sender) === domain
      ? []
      : [`the sender is of ${domainIn(sender)}, the login of ${domain}`]),
  ];
}

// RFC 2369, 3.1, and RFC 8058, 3.1.
function checkUnsubscribe(fields: readonly Field[]): string[] {
  const [list] = valuesOf(fields, "list-unsubscribe");
  const [post] = valuesOf(fields, "list-unsubscribe-post");
  return [
    ...(list === undefined || /^<[^<>\s]+>(?:\s*,\s*<[^<>\s]+>)*$/.test(list)
      ? []
      : [`a List-Unsubscribe that is none: ${list}`]),
    ...(post === undefined || post === "List-Unsubscribe=One-Click"
      ? []
      : [`a List-Unsubscribe-Post that is none: ${post}`]),
    ...(post !== undefined && !/<https:\/\//.test(list ?? "") ? ["one click without an https address"] : []),
  ];
}
