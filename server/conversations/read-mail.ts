// Reads a brokerage's mailbox: replies become words of their outreach, reports of failed delivery its result, wishes to be
// left alone are honoured. Everything else in the mailbox is nobody's business and is not kept.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { addCarrierEvents } from "../channels/carrier-events.ts";
import type { IncomingMail } from "../channels/smtp/incoming-mail.ts";
import type { MailAccount } from "../channels/smtp/mail-account.ts";
import { normalAddress } from "../channels/smtp/mail-address.ts";
import { bounceEvent } from "../channels/smtp/mail-events.ts";
import { findByMessageId, subjectsSent } from "../channels/smtp/mail-thread.ts";
import { labelMail, type MailLabel, matchReply } from "../channels/smtp/match-reply.ts";
import type { MailboxState } from "../channels/smtp/read-mailbox.ts";
import { isAddress } from "../contact/contact-key.ts";
import { recognizeWish } from "../contact/recognize-opt-out.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { pollNow } from "../engagements/poll-engagement.ts";
import { recordOptOut } from "../engagements/record-opt-out.ts";
import type { ConversationDeps, ConversationRoomDeps } from "./conversation-deps.ts";
import { findAnswered } from "./find-answered.ts";
import { mailWords } from "./mail-words.ts";
import { findMailbox, readable, unreadable } from "./mailbox.store.ts";
import { takeInbound } from "./take-inbound.ts";

type ReadMailDeps = Pick<ConversationRoomDeps, keyof ConversationDeps | "mail">;

const EVERY_MS = 60_000;

/** When to look again, epoch ms; null while no mailbox is to be read. What the mail server refuses is kept for the console. */
export async function readMail(deps: ReadMailDeps, slug: string): Promise<number | null> {
  const tenant = deps.settings.tenant(slug);
  const account = tenant && deps.mail.account(slug);
  if (!tenant || !account?.imap || !readsMail(tenant)) return null;
  const { folder } = account.imap;
  const before = await stateOf(deps, slug, folder);
  try {
    const { state, mails, more } = await deps.mail.read(account, before);
    for (const mail of mails) await takeMail(deps, tenant, account, mail);
    await readable(deps, { tenant: slug, folder, state });
    return deps.clock.now() + (more ? 0 : EVERY_MS);
  } catch (error) {
    return unreadable(deps, { tenant: slug, folder, state: before }, error);
  }
}

export const readsMail = (tenant: Readonly<TenantSettings>): boolean =>
  tenant.channels.email === "smtp" && tenant.imap_host !== "";

async function stateOf(deps: ReadMailDeps, tenant: string, folder: string): Promise<MailboxState | null> {
  const row = await findMailbox(deps.db, tenant, folder);
  return row && row.uid_validity !== "" ? { uidValidity: row.uid_validity, lastUid: row.last_uid } : null;
}

async function takeMail(
  deps: ReadMailDeps,
  tenant: Readonly<TenantSettings>,
  account: MailAccount,
  mail: IncomingMail,
): Promise<void> {
  const label = labelMail(mail, [account.from.address, account.replyAddress]);
  if (label === "own") return;
  const row = await outreachOf(deps, tenant, mail, label);
  if (row && !isAgents(tenant, row, mail)) await WHAT_IT_IS[label](deps, { tenant, row, mail });
}

/** An agent may answer from a mail program of their own, with the mailbox in copy: that is no word of the contact's. */
function isAgents({ users }: Readonly<TenantSettings>, row: EngagementRow, { from }: IncomingMail): boolean {
  const agents = users.flatMap(({ mail_from, email }) => [mail_from, email]).filter(Boolean);
  return agents.map(normalAddress).includes(from) && from !== normalAddress(row.contact ?? "");
}

/** Of this brokerage only: a mark or an id of another's is nobody's here. */
async function outreachOf(
  deps: ReadMailDeps,
  tenant: Readonly<TenantSettings>,
  mail: IncomingMail,
  label: MailLabel,
): Promise<EngagementRow | undefined> {
  const slug = tenant.domain_name;
  const byAddress = (contact: string) =>
    deps.db.transaction().execute(async (trx) => {
      const at = deps.clock.now();
      const probe = {
        tenant: slug,
        provider: "smtp",
        channel: "email",
        key: "",
        contact,
        sender: null,
        text: "",
        at,
      } as const;
      return (await findAnswered(trx, probe, tenant))?.id ?? null;
    });
  const match = await matchReply(mail, {
    token: deps.mail.replyTo,
    messageId: (id) => findByMessageId(deps.db, id),
    // Who writes newsletters does not answer us by them.
    address: label === "bulk" ? async () => null : byAddress,
  });
  const row = match ? await findEngagement(deps.db, match.engagementId) : undefined;
  // A chat's link may have gone out by e-mail as well.
  const isMail = row?.channel === "email" || (row?.channel === "chat" && isAddress(row.contact ?? ""));
  return row?.tenant === slug && isMail ? row : undefined;
}

interface Taken {
  readonly tenant: Readonly<TenantSettings>;
  readonly row: EngagementRow;
  readonly mail: IncomingMail;
}

type Take = (deps: ReadMailDeps, taken: Taken) => Promise<unknown>;

const wordsOf = async ({ db }: ReadMailDeps, { row, mail }: Taken): Promise<string> =>
  mailWords(mail, await subjectsSent(db, row.id));

const takeWord =
  (automatic: boolean): Take =>
  async (deps, { tenant, row, mail }) =>
    takeInbound(deps, {
      tenant: tenant.domain_name,
      provider: "smtp",
      channel: "email",
      key: mail.messageId,
      // Whatever address they answer from: this is the one they are written to.
      contact: (row.contact ?? mail.from).toLowerCase(),
      sender: null,
      text: automatic ? mail.text : await wordsOf(deps, { tenant, row, mail }),
      at: Math.min(mail.date ?? deps.clock.now(), deps.clock.now()),
      engagementId: row.id,
      ...(automatic ? { automatic } : {}),
    });

const WHAT_IT_IS: Readonly<Record<Exclude<MailLabel, "own">, Take>> = {
  message: takeWord(false),
  automatic: takeWord(true),
  // Some servers mark whatever passes through them: a wish to be left alone counts all the same, nothing else does.
  bulk: async (deps, taken) => {
    if (recognizeWish(await wordsOf(deps, taken)).wish === "stop") await takeWord(false)(deps, taken);
  },
  bounce: async (deps, { row, mail }) => {
    const event = bounceEvent(mail, deps.clock.now());
    if (!event) return;
    await addCarrierEvents(deps.db, row.id, [event]);
    // Also where it was known: the gateway may have been stopped between the two.
    await pollNow(deps, row.id);
  },
  unsubscribe: async (deps, { tenant, row, mail }) => {
    await deps.db.transaction().execute((trx) =>
      recordOptOut(deps, trx, {
        tenant,
        row,
        contact: (row.contact ?? mail.from).toLowerCase(),
        channel: "email",
        source: "unsubscribe_link",
        said: mail.subject,
        by: null,
        at: deps.clock.now(),
        scope: "channel",
      }),
    );
    deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  },
};
