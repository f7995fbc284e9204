// Reports that an e-mail did not arrive: by the standard (RFC 3464), and the plain ones some servers still write. Pure.
import type { BounceReport } from "./incoming-mail.ts";
import { normalAddress, oneLine } from "./mail-address.ts";

export interface ReportParts {
  /** First address of From, lower case. */
  readonly from: string;
  readonly subject: string;
  /** Content-Type of the whole mail. */
  readonly contentType: string;
  /** Text of the message/delivery-status part; null when there is none. */
  readonly status: string | null;
  /** Headers, or all, of the e-mail that came back; null when it is not there. */
  readonly original: string | null;
  /** What the report says to people. */
  readonly text: string;
  /** X-Failed-Recipients, as Exim and Gmail write it. */
  readonly failedRecipients: string | null;
  readonly inReplyTo: string | null;
}

/** null when the mail is no report of a failure or delay (a report of success, or no report at all). */
export function readBounce(parts: ReportParts): BounceReport | null {
  const isReport =
    /^multipart\/report\b/i.test(parts.contentType) && !/disposition-notification/i.test(parts.contentType);
  if (parts.status !== null) return byStandard(parts, parts.status);
  if (isReport || isPlainReport(parts)) return byWords(parts);
  return null;
}

function byStandard(parts: ReportParts, status: string): BounceReport | null {
  const [message = {}, ...recipients] = status
    .split(/\n\s*\n/)
    .map(readFields)
    .filter(hasFields);
  // Some servers write one block for everything.
  const blocks = recipients.length > 0 ? recipients : [message];
  const failed = blocks.find(({ action }) => action === "failed") ?? blocks.find(isTrouble);
  if (!failed) return null;
  const code = STATUS.exec(failed.status ?? "")?.[0] ?? null;
  return {
    recipient: addressIn(failed["final-recipient"] ?? failed["original-recipient"] ?? parts.failedRecipients),
    status: code,
    permanent: failed.action === "failed" || (failed.action === undefined && code?.startsWith("5") === true),
    said: oneLine((failed["diagnostic-code"] ?? "").replace(/^[\w.-]+\s*;\s*/, "")),
    originalMessageId: originalId(parts),
    envelopeId: oneLine(message["original-envelope-id"] ?? failed["original-envelope-id"] ?? "") || null,
  };
}

const STATUS = /\b[245]\.\d{1,3}\.\d{1,3}\b/;

type Fields = Readonly<Record<string, string | undefined>>;

function readFields(block: string): Fields {
  const fields: Record<string, string> = {};
  for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
    const match = /^([\w-]{1,60})\s*:(.*)$/.exec(line.trim());
    const name = match?.[1]?.toLowerCase();
    if (name !== undefined && !(name in fields)) fields[name] = (match?.[2] ?? "").trim();
  }
  return "action" in fields ? { ...fields, action: fields.action?.toLowerCase() } : fields;
}

const hasFields = (fields: Fields): boolean => Object.keys(fields).length > 0;

// "delivered", "relayed" and "expanded" are no trouble.
const isTrouble = (fields: Fields): boolean =>
  fields.action === "delayed" || (fields.action === undefined && /^[45]\./.test(fields.status ?? ""));

const SENDERS = /^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon)@/;
const SUBJECTS =
  /undeliver|delivery (?:status|failure|has failed|incomplete)|returned (?:mail|to sender)|failure notice|mail delivery (?:failed|subsystem)|unzustellbar|non remis|no entregado/i;

const isPlainReport = ({ from, subject, failedRecipients }: ReportParts): boolean =>
  failedRecipients !== null || (SENDERS.test(from) && SUBJECTS.test(subject));

function byWords(parts: ReportParts): BounceReport {
  const code = STATUS.exec(parts.text)?.[0] ?? null;
  const delayed = /delay|still being (?:tried|retried)|will be retried|temporar/i.test(
    `${parts.subject} ${parts.text.slice(0, 2000)}`,
  );
  return {
    recipient: addressIn(parts.failedRecipients ?? parts.text),
    status: code,
    permanent: code === null ? !delayed : code.startsWith("5"),
    said: oneLine(/^.*\b[45]\d\d[ -]\d?.*$/m.exec(parts.text.slice(0, 5000))?.[0] ?? ""),
    originalMessageId: originalId(parts),
    envelopeId: null,
  };
}

function addressIn(text: string | null | undefined): string | null {
  const found = /[^\s<>;:,"()]{1,64}@[^\s<>;:,"()]{1,255}/.exec((text ?? "").slice(0, 5000))?.[0];
  return found === undefined ? null : normalAddress(found.replace(/\.+$/, ""));
}

// Where nothing of the e-mail is attached, Gmail at least names it as what the report answers.
function originalId({ original, inReplyTo }: ReportParts): string | null {
  const headers = (original ?? "").replace(/\r\n?/g, "\n").split("\n\n")[0] ?? "";
  return /^message-id:\s*(<[^<>\s\p{Cc}]{1,900}>)/imu.exec(headers)?.[1] ?? inReplyTo;
}
