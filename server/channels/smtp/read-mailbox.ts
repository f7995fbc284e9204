// Reads what came into a mailbox since the last look, without leaving a trace in it: opened read-only, nothing is marked
// as seen. Called by the job that looks for replies, as often as it likes; what it was given it may be given again.
import type { ImapFlow, MailboxObject } from "imapflow";
import type { Clock } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import type { ProcessLog } from "../../log/process-log.ts";
import { SET_UP } from "./check-account.ts";
import type { IncomingMail } from "./incoming-mail.ts";
import type { MailAccount } from "./mail-account.ts";
import { withImap } from "./open-imap.ts";
import { parseIncoming } from "./parse-incoming.ts";

export interface MailboxDeps {
  readonly clock: Clock;
  readonly log: Pick<ProcessLog, "warn">;
  /** Certificates of mail servers trusted besides the system's, PEM. */
  readonly trusted?: readonly string[];
  /** Most mails per look; 50 unless given. */
  readonly most?: number;
}

/** How far a folder was read; UIDs mean something under one UIDVALIDITY only (RFC 3501, 2.3.1.1). */
export interface MailboxState {
  readonly uidValidity: string;
  readonly lastUid: number;
}

export interface MailboxReading {
  readonly state: MailboxState;
  /** Oldest first. A mail may come again after the server renumbered its folder: `messageId` tells. */
  readonly mails: readonly IncomingMail[];
  /** There are more than one look takes. */
  readonly more: boolean;
}

const MOST_MAILS = 50;
/** What stands further behind in a mail are attachments. */
const MOST_BYTES = 600_000;
/** How far back is looked where it is not known how far was read. */
const RECENT_MS = 3 * 24 * 3_600_000;

/** @throws GatewayError channel_unavailable, provider_unavailable, provider_refused, with a sentence for the console. */
export async function readMailbox(
  deps: MailboxDeps,
  account: MailAccount,
  state: MailboxState | null,
): Promise<MailboxReading> {
  const { imap } = account;
  if (imap === null) {
    throw new GatewayError("channel_unavailable", {
      sentence: `No mailbox is set from which replies are read. Set the IMAP host ${SET_UP}.`,
    });
  }
  return withImap(imap, deps.trusted ?? [], async (client) => {
    const lock = await client.getMailboxLock(imap.folder, { readOnly: true });
    try {
      const { mailbox } = client;
      if (mailbox === false) throw new Error("no mailbox is open");
      return await readNew(deps, client, mailbox, state);
    } finally {
      lock.release();
    }
  });
}

async function readNew(
  deps: MailboxDeps,
  client: ImapFlow,
  mailbox: MailboxObject,
  before: MailboxState | null,
): Promise<MailboxReading> {
  const uidValidity = String(mailbox.uidValidity);
  const readTo = before?.uidValidity === uidValidity ? before.lastUid : null;
  const waiting = await newUids(deps, client, mailbox, readTo);
  const taken = waiting.slice(0, deps.most ?? MOST_MAILS);
  const mails: IncomingMail[] = [];
  let lastUid = readTo ?? 0;
  for (const uid of taken) {
    const mail = await readOne(deps, client, uid);
    if (mail === "broken off") return brokenOff({ state: { uidValidity, lastUid }, mails, more: true });
    if (mail !== null) mails.push(mail);
    lastUid = uid;
  }
  const more = waiting.length > taken.length;
  // Also over those that vanished meanwhile, and on a first look over those that are too old to matter.
  if (!more) lastUid = Math.max((mailbox.uidNext || 1) - 1, lastUid);
  return { state: { uidValidity, lastUid }, mails, more };
}

// What was read is kept, and the next look goes on behind it; a look that read nothing is no look.
function brokenOff(reading: MailboxReading): MailboxReading {
  if (reading.mails.length === 0) throw new Error("the connection broke off before anything was read");
  return reading;
}

/**
 * One at a time, so that a mail the server cannot give does not keep the others back for ever. null: there is no such mail,
 * or it is passed over.
 */
async function readOne(
  deps: MailboxDeps,
  client: ImapFlow,
  uid: number,
): Promise<IncomingMail | null | "broken off"> {
  const query = { uid: true, source: { start: 0, maxLength: MOST_BYTES } };
  try {
    const message = await client.fetchOne(String(uid), query, { uid: true });
    return message && message.source !== undefined ? await parseIncoming(message.source) : null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    deps.log.warn("smtp", `e-mail ${uid} of the mailbox could not be read: ${reason}`);
    return client.usable ? null : "broken off";
  }
}

async function newUids(
  deps: MailboxDeps,
  client: ImapFlow,
  mailbox: MailboxObject,
  readTo: number | null,
): Promise<number[]> {
  if (mailbox.exists === 0) return [];
  const query =
    readTo === null ? { since: new Date(deps.clock.now() - RECENT_MS) } : { uid: `${readTo + 1}:*` };
  const found = await client.search(query, { uid: true });
  // "n:*" always gives the last mail, even where its number is below n.
  return (found || [])
    .filter((uid) => readTo === null || uid > readTo)
    .toSorted((left, right) => left - right);
}
