// What a contact's wish leads to, in the transaction that took it in. STOP: stored, confirmed once, then nothing more.
// START reverses it. HELP says who we are. (47 CFR 64.1200(a)(10)-(12): any reasonable means counts, one confirmation.)
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import type { Trx } from "../db/schema.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { endConversation } from "./end-conversation.ts";
import type { InboundMessage } from "./inbound-message.ts";
import { liftOptOut } from "./lift-opt-out.ts";
import { queueMessage } from "./queue-message.ts";
import { recordOptOut } from "./record-opt-out.ts";
import { sayHelp, sayOptedIn, sayOptedOut } from "./say-wishes.ts";

export interface Wish {
  readonly wish: "stop" | "start" | "help" | null;
  readonly how: "keyword" | "free_text" | null;
}

interface WishToHonour {
  readonly row: EngagementRow;
  readonly message: Pick<InboundMessage, "channel" | "contact" | "text" | "at" | "key" | "carrierAnswers">;
  readonly tenant: Readonly<TenantSettings>;
  readonly wish: Wish;
  readonly now: number;
}

export async function honourWish(deps: ConversationDeps, trx: Trx, honour: WishToHonour): Promise<void> {
  const { wish } = honour.wish;
  if (wish === "stop") await stop(deps, trx, honour);
  if (wish === "start") await start(deps, trx, honour);
  if (wish === "help" && !honour.message.carrierAnswers)
    await queueMessage(trx, honour.row, {
      text: sayHelp(honour.tenant),
      author: "system",
      purpose: "help",
      requestKey: `help/${honour.row.id}/${honour.message.key}`,
      now: honour.now,
    });
}

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
  });
  if (recorded.added && !message.carrierAnswers)
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
    engagementId: row.id,
    by: "contact",
    reason: message.text.slice(0, 100),
    now,
  });
  if (!lifted || message.carrierAnswers) return;
  await queueMessage(trx, row, {
    text: sayOptedIn(tenant),
    author: "system",
    purpose: "opt_in_confirmation",
    requestKey: `opt-in/${row.id}/${message.key}`,
    now,
  });
}
