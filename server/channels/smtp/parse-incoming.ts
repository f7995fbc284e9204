// Reads an e-mail as it came over the wire. Whatever comes in, something readable comes out: what is broken is left out.
import type { Email } from "postal-mime";
import { sha256Hex } from "../../base/hmac.ts";
import { htmlToText } from "./html-to-text.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import { normalAddress, oneLine } from "./mail-address.ts";
import { readBounce } from "./read-bounce.ts";
import { stripQuoted } from "./strip-quoted.ts";
import { cleanText } from "./write-body.ts";

const MOST_CHARS = 20_000;

/** Never throws. */
export async function parseIncoming(raw: Uint8Array): Promise<IncomingMail> {
  const { default: PostalMime } = await import("postal-mime");
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 50 }).catch(
    // Nested without end, or with endless headers: its beginning still tells who wrote.
    () => PostalMime.parse(raw.subarray(0, headerLength(raw))).catch((): Email => NOTHING),
  );
  return describe(mail, raw);
}

const NOTHING: Email = { headers: [], headerLines: [], attachments: [] };
const MOST_HEADER_BYTES = 64_000;

function headerLength(raw: Uint8Array): number {
  const text = new TextDecoder("latin1").decode(raw.subarray(0, MOST_HEADER_BYTES));
  const end = /\r?\n\r?\n/.exec(text);
  return end === null ? text.length : end.index;
}

function describe(mail: Email, raw: Uint8Array): IncomingMail {
  const header = (name: string): string | null =>
    mail.headers.find(({ key }) => key === name)?.value.trim() ?? null;
  const from = flatten(mail.from)[0] ?? { name: "", address: "" };
  const subject = oneLine(mail.subject ?? "", 500);
  const written = bodyOf(mail);
  const inReplyTo = idsIn(mail.inReplyTo)[0] ?? null;
  const bounce = readBounce({
    from: from.address,
    subject,
    contentType: header("content-type") ?? "",
    status: partOf(mail, "message/delivery-status"),
    original: partOf(mail, "message/rfc822") ?? partOf(mail, "text/rfc822-headers"),
    text: written,
    failedRecipients: header("x-failed-recipients"),
    inReplyTo,
  });
  const lines = [stripQuoted(written), ...attachmentNames(mail, bounce !== null)];
  return {
    messageId: idsIn(mail.messageId)[0] ?? `sha256:${sha256Hex(Buffer.from(raw).toString("latin1"))}`,
    from: from.address,
    fromName: oneLine(from.name),
    to: [...flatten(mail.to), ...flatten(mail.cc)].map(({ address }) => address),
    deliveredTo: deliveredTo(mail),
    subject,
    date: readDate(mail.date),
    inReplyTo,
    references: idsIn(mail.references),
    text: cleanText(lines.filter(Boolean).join("\n").slice(0, MOST_CHARS)),
    autoSubmitted: isAutomatic(header, subject),
    isBulk: isBulk(header),
    bounce,
    listUnsubscribe: oneLine(header("list-unsubscribe") ?? "", 1_000) || null,
  };
}

interface Named {
  readonly name: string;
  readonly address: string;
}

function flatten(addresses: Email["from"] | Email["to"]): Named[] {
  const list = addresses === undefined ? [] : Array.isArray(addresses) ? addresses : [addresses];
  return list.flatMap((entry) => {
    const members = entry.group ?? [entry];
    return members.flatMap(({ name, address }) =>
      address ? [{ name, address: normalAddress(oneLine(address, 400)) }] : [],
    );
  });
}

/** Message ids with their brackets; a mail has at most fifty that count. */
const idsIn = (text: string | undefined): string[] =>
  [...(text ?? "").slice(0, 20_000).matchAll(/<[^<>\s\p{Cc}]{1,900}>/gu)].map(([id]) => id).slice(-50);

const DELIVERED = new Set([
  "delivered-to",
  "x-original-to",
  "envelope-to",
  "x-envelope-to",
  "x-delivered-to",
]);

const deliveredTo = ({ headers }: Email): string[] =>
  headers
    .filter(({ key }) => DELIVERED.has(key))
    .slice(0, 20)
    .map(({ value }) => normalAddress(oneLine(value.replace(/^<|>$/g, ""), 400)));

// Some programs' plain text says only that there is none.
function bodyOf({ text, html }: Email): string {
  if (text !== undefined && text.trim() !== "") return text;
  return html === undefined ? "" : htmlToText(html);
}

function partOf({ attachments }: Email, mimeType: string): string | null {
  const part = attachments.find((attachment) => attachment.mimeType === mimeType);
  if (!part) return null;
  const { content } = part;
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  return text.slice(0, MOST_HEADER_BYTES).replace(/\r\n?/g, "\n");
}

function attachmentNames({ attachments }: Email, isReport: boolean): string[] {
  if (isReport) return [];
  return attachments
    .filter(({ related }) => related !== true)
    .slice(0, 20)
    .map(({ filename, mimeType }) => `[attachment: ${oneLine(filename ?? mimeType, 120)}]`);
}

function readDate(text: string | undefined): number | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

type ReadHeader = (name: string) => string | null;

// With what it answers behind a colon, or nothing else at all: "Out of office hours?" is a question.
const AUTOMATIC_SUBJECTS =
  /^(?:automatic reply|auto(?:matic)?[- ]?reply|auto response|out of (?:the )?office|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina|automatische antwort|abwesenheitsnotiz|risposta automatica)\s*(?:[:(–—-]|$)/i;

// RFC 3834; an empty return path is that of reports, which nobody may answer.
function isAutomatic(header: ReadHeader, subject: string): boolean {
  const submitted = header("auto-submitted");
  return (
    (submitted !== null && !/^no\b/i.test(submitted)) ||
    /^<?\s*>?$/.test(header("return-path") ?? "unknown") ||
    header("x-autoreply") !== null ||
    header("x-autorespond") !== null ||
    /^auto_reply$/i.test(header("precedence") ?? "") ||
    AUTOMATIC_SUBJECTS.test(subject)
  );
}

const isBulk = (header: ReadHeader): boolean =>
  /^(?:bulk|list|junk)$/i.test(header("precedence") ?? "") ||
  header("list-id") !== null ||
  header("list-unsubscribe") !== null;
