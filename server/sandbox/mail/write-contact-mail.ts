// Mails that come back to a brokerage: a contact's answer, a vacation notice, a report of failed delivery. Bytes as they
// would come over the wire. Used by create-mail-world.
import type { Email } from "postal-mime";
import type { ReceivedMail, ReplyOptions } from "./mail-types.ts";

export interface WrittenMail {
  readonly to: string;
  readonly raw: Buffer;
}

/** One header a line; long texts and odd characters as quoted-printable. */
async function compose(options: object): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  return new MailComposer({ newline: "win", encoding: "quoted-printable", ...options }).compile().build();
}

const firstAddress = (addresses: Email["from"] | Email["to"]): string | undefined =>
  [addresses].flat().find((entry) => entry?.address)?.address;

const withoutMark = (address: string): string => address.replace(/\+[^@]*@/, "@");

/** As a person's mail program would write it. */
export async function writeReply(
  received: ReceivedMail,
  text: string,
  options: ReplyOptions,
  at: number,
): Promise<WrittenMail> {
  const { mail } = received;
  const address = firstAddress(mail.replyTo) ?? firstAddress(mail.from) ?? received.from;
  const to = options.to ?? (options.plus === false ? withoutMark(address) : address);
  const threading =
    options.threading === false || !mail.messageId
      ? {}
      : { inReplyTo: mail.messageId, references: [mail.references ?? "", mail.messageId].join(" ").trim() };
  const body = quoted(received, text, options.quote ?? "below");
  const subject = (mail.subject ?? "").replace(/^re:\s*/i, "");
  const raw = await compose({
    from: options.from ?? received.to,
    to,
    subject: options.subject ?? `Re: ${subject}`,
    messageId: `<reply-${received.id}-${at}-${counter(body)}@${received.to.split("@").at(-1)}>`,
    date: new Date(at),
    ...threading,
    headers: { ...options.headers },
    ...(options.htmlOnly ? { html: asHtml(body) } : { text: body }),
  });
  return { to, raw };
}

// Two answers within a moment still are two mails.
const counter = (text: string): string => {
  let sum = 7;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_000_007;
  return sum.toString(36);
};

function quoted({ mail, at }: ReceivedMail, text: string, quote: "below" | "above" | "none"): string {
  if (quote === "none") return text;
  const name = mail.from?.name || mail.from?.address || "somebody";
  const date = new Date(at).toUTCString();
  const lines = (mail.text ?? "").trimEnd().replace(/\r\n/g, "\n").split("\n");
  const block = `On ${date}, ${name} <${mail.from?.address ?? ""}> wrote:\n\n${lines.map((line) => `> ${line}`).join("\n")}`;
  return quote === "below" ? `${text}\n\n${block}\n` : `${block}\n\n${text}\n`;
}

const asHtml = (text: string): string =>
  `<html><body>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</body></html>`;

/** What a vacation program sends by itself (RFC 3834); null where it must not: to machines, lists and nobody. */
export async function writeVacation(received: ReceivedMail, at: number): Promise<WrittenMail | null> {
  const { headers, messageId = "", subject = "" } = received.mail;
  const has = (name: string): boolean => headers.some(({ key }) => key === name);
  if (received.from === "" || has("auto-submitted") || has("list-id") || has("precedence")) return null;
  const raw = await compose({
    from: received.to,
    to: received.from,
    subject: `Automatic reply: ${subject}`,
    messageId: `<vacation-${received.id}@${received.to.split("@").at(-1)}>`,
    date: new Date(at),
    inReplyTo: messageId,
    references: messageId,
    headers: { "Auto-Submitted": "auto-replied" },
    text: "I am away until Monday and will read your e-mail then.",
  });
  return { to: received.from, raw };
}

/** A report by the standard (RFC 3464), to the sender of the envelope; null where there is none. */
export function writeBounce(received: ReceivedMail, at: number): WrittenMail | null {
  if (received.from === "") return null;
  const text = received.raw.toString("latin1");
  const head = text.slice(0, Math.max(0, text.indexOf("\r\n\r\n")));
  const raw = [
    "Return-Path: <>",
    `Delivered-To: ${received.from}`,
    "From: Mail Delivery Subsystem <mailer-daemon@mx.contacts.example>",
    `To: ${received.from}`,
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    `Date: ${new Date(at).toUTCString()}`,
    `Message-ID: <bounce-${received.id}@mx.contacts.example>`,
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    "",
    "--report",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    `Your e-mail to ${received.to} could not be delivered.`,
    "",
    "--report",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.contacts.example",
    ...(received.envelopeId === null ? [] : [`Original-Envelope-Id: ${received.envelopeId}`]),
    "",
    `Final-Recipient: rfc822; ${received.to}`,
    "Action: failed",
    "Status: 5.1.1",
    `Diagnostic-Code: smtp; 550 5.1.1 <${received.to}>: mailbox is gone`,
    "",
    "--report",
    "Content-Type: text/rfc822-headers",
    "",
    head,
    "",
    "--report--",
    "",
  ].join("\r\n");
  return { to: received.from, raw: Buffer.from(raw, "latin1") };
}
