// Whether an e-mail went out whose answer was lost: looks for its Message-ID among the account's sent e-mail. SMTP itself
// cannot be asked. Used for starts and further messages the gateway stopped in the middle of.
import type { ImapFlow } from "imapflow";
import type { MailAccount } from "./mail-account.ts";
import { withImap } from "./open-imap.ts";

/** `unknown`: the account keeps no sent e-mail, or not what is sent by SMTP, or cannot be looked into. */
export type SentSearch = "found" | "absent" | "unknown";

export async function findInSent(
  account: MailAccount,
  trusted: readonly string[],
  messageId: string,
): Promise<SentSearch> {
  const { imap } = account;
  if (imap === null) return "unknown";
  return withImap(imap, trusted, (client) => lookInSent(client, messageId)).catch(() => "unknown");
}

async function lookInSent(client: ImapFlow, messageId: string): Promise<SentSearch> {
  const sent = (await client.list()).find(({ specialUse }) => specialUse === "\\Sent");
  if (!sent) return "unknown";
  const lock = await client.getMailboxLock(sent.path, { readOnly: true });
  try {
    if (await has(client, messageId)) return "found";
    // Most servers file what a mail program tells them to; only where ours are found is one that is missing not sent.
    const files = client.capabilities.has("X-GM-EXT-1") || (await has(client, "<eng."));
    return files ? "absent" : "unknown";
  } finally {
    lock.release();
  }
}

async function has(client: ImapFlow, messageId: string): Promise<boolean> {
  const found = await client.search({ header: { "message-id": messageId } }, { uid: true });
  return (found || []).length > 0;
}
