// Which outreach a mail belongs to, and whether it is a word of a person at all. Asked by whoever reads the mailbox; what
// is known of earlier e-mail comes in through the look-ups.
import type { IncomingMail } from "./incoming-mail.ts";
import { markOf, normalAddress } from "./mail-address.ts";

/** `own`: we sent it ourselves. `unsubscribe`: a mail program's way to take the recipient off the list (RFC 2369). */
export type MailLabel = "own" | "bounce" | "automatic" | "bulk" | "unsubscribe" | "message";

/** Only `message` and `unsubscribe` are words of a person; in `bulk` none but a wish to be left alone counts. `ownAddresses`: what this account sends from and reads. */
export function labelMail(mail: IncomingMail, ownAddresses: readonly string[]): MailLabel {
  if (ownAddresses.some((address) => normalAddress(address) === mail.from)) return "own";
  if (mail.bounce) return "bounce";
  // Mail programs send these by themselves and may say so; the wish is the person's all the same.
  if (unsubscribeToken(mail) !== null) return "unsubscribe";
  if (mail.autoSubmitted) return "automatic";
  return mail.isBulk ? "bulk" : "message";
}

/** The token in the subject our List-Unsubscribe header asks for; null when the mail is no such one. */
const unsubscribeToken = ({ subject }: IncomingMail): string | null =>
  /^unsubscribe\s+(\S{3,200})$/i.exec(subject)?.[1] ?? null;

export interface ReplyLookups {
  /** The outreach a reply token names; null when it is not one of ours. See readReplyToken. */
  readonly token: (token: string) => string | null;
  /** The outreach that sent the e-mail with this id; null when none did. See findByMessageId. */
  readonly messageId: (messageId: string) => Promise<string | null>;
  /** The newest outreach by e-mail to this address, if it is recent enough; null when there is none. */
  readonly address: (address: string) => Promise<string | null>;
}

export interface ReplyMatch {
  readonly engagementId: string;
  readonly by: "token" | "message_id" | "address";
}

/**
 * In this order: the mark in the address, what the mail answers, who wrote it. Marks fail where a server takes no plus
 * addresses, ids where a program drops them; the address alone may mean an earlier outreach, so it comes last.
 */
export async function matchReply(mail: IncomingMail, lookups: ReplyLookups): Promise<ReplyMatch | null> {
  for (const token of tokensIn(mail)) {
    const engagementId = lookups.token(token);
    if (engagementId !== null) return { engagementId, by: "token" };
  }
  for (const id of idsAnswered(mail)) {
    const engagementId = await lookups.messageId(id);
    if (engagementId !== null) return { engagementId, by: "message_id" };
  }
  const address = mail.bounce ? mail.bounce.recipient : mail.from;
  const engagementId = address ? await lookups.address(address) : null;
  return engagementId === null ? null : { engagementId, by: "address" };
}

function tokensIn(mail: IncomingMail): string[] {
  const marks = [...mail.deliveredTo, ...mail.to].map(markOf);
  const tokens = [mail.bounce?.envelopeId, ...marks, unsubscribeToken(mail)];
  return [...new Set(tokens.filter((token) => token !== null && token !== undefined))];
}

// The newest first: a thread's later mails are nearer to what is answered.
function idsAnswered(mail: IncomingMail): string[] {
  const ids = [mail.bounce?.originalMessageId, mail.inReplyTo, ...mail.references.toReversed()];
  return [...new Set(ids.filter((id) => id !== null && id !== undefined))];
}
