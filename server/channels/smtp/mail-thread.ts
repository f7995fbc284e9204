// The thread an outreach's e-mails stand in: ids of what was sent and what came back. Read when a further message is
// written, and when a mail that came in names what it answers.
import type { DbOrTrx } from "../../db/schema.ts";
import { carrierEventsOf } from "../carrier-events.ts";
import { type MailFacts, readFacts } from "./mail-events.ts";
import type { FurtherMail } from "./write-mail.ts";

/** `<eng.{outreach}.{number}@domain>`; numbers count from 1. */
export const makeMessageId = (engagementId: string, seq: number, domain: string): string =>
  `<eng.${engagementId}.${seq}@${domain}>`;

const MESSAGE_ID = /^<eng\.([^<>@\s]{1,100})\.(\d{1,6})@[^<>@\s]+>$/;

/** The outreach that sent the e-mail with this id; null when none did. Whose outreach it is, the caller has to look. */
export async function findByMessageId(db: DbOrTrx, messageId: string): Promise<string | null> {
  const [, engagementId, seq] = MESSAGE_ID.exec(messageId) ?? [];
  if (engagementId === undefined || seq === undefined) return null;
  const { sending } = readFacts(await carrierEventsOf(db, engagementId));
  return sending.some((sent) => sent.messageId === messageId) ? engagementId : null;
}

/** Subjects of what was sent in an outreach, each once. */
export async function subjectsSent(db: DbOrTrx, engagementId: string): Promise<readonly string[]> {
  const { sending } = readFacts(await carrierEventsOf(db, engagementId));
  return [...new Set(sending.map(({ subject }) => subject))];
}

/** Most ids a References header carries: the first, which makes the thread, and the newest. */
const MOST_REFERENCES = 20;

/** Where a further message stands: below the newest of the thread, the contact's own words before ours. */
export async function readThread(
  db: DbOrTrx,
  engagementId: string,
  facts: MailFacts,
): Promise<Pick<FurtherMail, "subject" | "inReplyTo" | "references">> {
  const rows = await db
    .selectFrom("inbound_messages")
    .select(["key", "at"])
    .where("engagement_id", "=", engagementId)
    .where("provider", "=", "smtp")
    .orderBy("at")
    .execute();
  const received = rows.filter(({ key }) => /^<[^<>\s]+>$/.test(key)).map(({ key, at }) => ({ id: key, at }));
  const sent = facts.accepted.map(({ messageId, at }) => ({ id: messageId, at }));
  const ids = [...sent, ...received].toSorted((left, right) => left.at - right.at).map(({ id }) => id);
  const [first, ...later] = [...new Set(ids)];
  const opening = facts.accepted.find(({ seq }) => seq === 1) ?? facts.sending.find(({ seq }) => seq === 1);
  return {
    subject: opening?.subject ?? "Your message",
    inReplyTo: received.at(-1)?.id ?? ids.at(-1) ?? null,
    references: first === undefined ? [] : [first, ...later.slice(1 - MOST_REFERENCES)],
  };
}
