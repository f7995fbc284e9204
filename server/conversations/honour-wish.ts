// What a contact's wish leads to, in the transaction that took it in. STOP: stored, confirmed once, then nothing more.
// START reverses it. HELP says who we are. (47 CFR 64.1200(a)(10)-(12): any reasonable means counts, one confirmation.)
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { saysWrongNumber } from "../contact/opt-out/says-wrong-number.ts";
import { findSuppression, type SuppressionRow } from "../contact/suppression.store.ts";
import type { Trx } from "../db/schema.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { recordOptOut } from "../engagements/record-opt-out.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { endConversation } from "./end-conversation.ts";
import type { InboundMessage } from "./inbound-message.ts";
import { liftOptOut } from "./lift-opt-out.ts";
import { queueMessage } from "./queue-message.ts";
import { sayHelp, sayOptedIn, sayOptedOut } from "./say-wishes.ts";

export interface Wish {
  readonly wish: "stop" | "start" | "help" | null;
  readonly how: "keyword" | "free_text" | null;
}

interface WishToHonour {
  readonly row: EngagementRow;
  readonly message: Pick<InboundMessage, "channel" | "contact" | "text" | "at" | "key" | "carrierConfirms">;
  readonly tenant: Readonly<TenantSettings>;
  readonly wish: Wish;
  readonly now: number;
}

export async function honourWish(deps: ConversationDeps, trx: Trx, honour: WishToHonour): Promise<void> {
  const { wish } = honour.wish;
  if (wish === "stop") await stop(deps, trx, honour);
  if (wish === "start") await start(deps, trx, honour);
  if (wish === "help") await help(trx, honour);
}

const carrierConfirms = ({ message }: WishToHonour): boolean =>
  message.carrierConfirms?.(message.text) ?? false;

async function stop(deps: ConversationDeps, trx: Trx, honour: WishToHonour): Promise<void> {
  const { row, message, tenant, wish, now } = honour;
  const recorded = await recordOptOut(deps, trx, {
    tenant,
    row,
    contact: message.contact,
    channel: message.channel,
    source: wish.how ?? "keyword",
    said: message.text,
    by: null,
    at: message.at,
    wrongNumber: saysWrongNumber(message.text),
  });
  if (recorded.added && !carrierConfirms(honour))
    await queueMessage(trx, row, {
      text: sayOptedOut(tenant, row.channel as Channel),
      author: "system",
      purpose: "opt_out_confirmation",
      requestKey: `opt-out/${recorded.id}`,
      now,
    });
  await endConversation(deps, trx, row, now);
}

async function start(deps: ConversationDeps, trx: Trx, honour: WishToHonour): Promise<void> {
  const { row, message, tenant, now } = honour;
  const lifted = await liftOptOut(deps, trx, {
    tenant: row.tenant,
    contact: message.contact,
    channel: message.channel,
    engagementId: row.id,
    reason: message.text.slice(0, 100),
    now,
  });
  if (lifted.length === 0 || (carrierConfirms(honour) && lifted.some(heldByCarrier(message)))) return;
  await queueMessage(trx, row, {
    text: sayOptedIn(tenant),
    author: "system",
    purpose: "opt_in_confirmation",
    requestKey: `opt-in/${row.id}/${message.key}`,
    now,
  });
}

// A carrier answers START only to those it has blocked itself; of what people wrote in their own words it knows nothing.
const heldByCarrier =
  ({ carrierConfirms: confirms }: WishToHonour["message"]) =>
  ({ source, said }: SuppressionRow): boolean =>
    source === "carrier" || (said !== null && (confirms?.(said) ?? false));

/** Not to those who asked for nothing more: one confirmation was all that was owed to them. */
async function help(trx: Trx, honour: WishToHonour): Promise<void> {
  const { row, message, tenant, now } = honour;
  const { contact, channel } = message;
  const who = { tenant: row.tenant, contact, personId: row.person_id, crmAccountId: row.crm_account_id };
  if (carrierConfirms(honour) || (await findSuppression(trx, { ...who, channel }))) return;
  await queueMessage(trx, row, {
    text: sayHelp(tenant),
    author: "system",
    purpose: "help",
    requestKey: `help/${row.id}/${message.key}`,
    now,
  });
}
