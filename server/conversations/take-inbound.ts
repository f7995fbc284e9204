// Takes in what a contact wrote, from whichever carrier: stored once, looked at for a wish to be left alone before anything
// else, put into its outreach's transcript, noted in the CRM, and left to whoever answers. All in one transaction.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { cleanText } from "../channels/smtp/write-body.ts";
import { recognizeWish } from "../contact/recognize-opt-out.ts";
import type { Trx } from "../db/schema.ts";
import { about } from "../engagements/about-engagement.ts";
import { addMessage } from "../engagements/add-message.ts";
import { enqueueClosing } from "../engagements/await-reply.ts";
import {
  answererOf,
  type ConversationRow,
  changeConversation,
  openConversation,
} from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { enqueueAnswer } from "./enqueue-answer.ts";
import { addUnasked, findAnswered } from "./find-answered.ts";
import { honourWish, type Wish } from "./honour-wish.ts";
import type { InboundMessage } from "./inbound-message.ts";

export type InboundResult =
  /** It was stored before; nothing was done. */
  | { readonly kind: "known" }
  | { readonly kind: "taken"; readonly engagementId: string; readonly wish: Wish["wish"] };

/** Texts that come in parts, and people who think while they write, get one answer. */
const GATHER_MS = 1_500;

/** @throws GatewayError tenant_not_found. */
export async function takeInbound(deps: ConversationDeps, given: InboundMessage): Promise<InboundResult> {
  // Not every database keeps every sign.
  const message = { ...given, text: cleanText(given.text) };
  const tenant = deps.settings.tenant(message.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const result = await deps.db.transaction().execute((trx) => takeIn(deps, trx, message, tenant));
  if (result.kind === "taken")
    deps.bus.emit("engagement:changed", { engagementId: result.engagementId, tenant: message.tenant });
  deps.nudge();
  return result;
}

async function takeIn(
  deps: ConversationDeps,
  trx: Trx,
  message: InboundMessage,
  tenant: Readonly<TenantSettings>,
): Promise<InboundResult> {
  const wish = wishOf(message);
  if (!(await storeOnce(trx, message, wish))) return { kind: "known" };
  const now = deps.clock.now();
  const row = (await findAnswered(trx, message, tenant)) ?? (await addUnasked(trx, message, tenant, now));
  await trx
    .updateTable("inbound_messages")
    .set({ engagement_id: row.id })
    .where("tenant", "=", message.tenant)
    .where("provider", "=", message.provider)
    .where("key", "=", message.key)
    .execute();
  const { key, at, text, automatic } = message;
  const means = automatic || wish.wish === "help" ? {} : { means: MEANS[wish.wish ?? "none"] };
  const added = await addMessage(trx, row, { key, at, direction: "inbound", text, ...means }, now);
  await deps.journal.add(trx, {
    ...about(row),
    event: automatic ? "message.automatic" : "message.received",
    message: automatic ? "An automatic reply came in" : "The contact wrote",
    detail: { provider: message.provider, ...(wish.wish ? { wish: wish.wish, how: wish.how } : {}) },
  });
  if (!automatic) await converse(deps, trx, { row: added ?? row, message, tenant, wish, now });
  return { kind: "taken", engagementId: row.id, wish: wish.wish };
}

const MEANS = { stop: "not_interested", start: "connected", none: "connected" } as const;

function wishOf(message: InboundMessage): Wish {
  if (message.automatic) return { wish: null, how: null };
  const { wish, how } = recognizeWish(message.text);
  return message.carrierWish && message.carrierWish !== wish
    ? { wish: message.carrierWish, how: "keyword" }
    : { wish, how };
}

async function storeOnce(trx: Trx, message: InboundMessage, { wish }: Wish): Promise<boolean> {
  const { tenant, provider, key, channel, contact, sender, text, at } = message;
  const result = message.automatic
    ? "automatic"
    : wish === "stop"
      ? "opt_out"
      : wish === "start"
        ? "opt_in"
        : (wish ?? "message");
  const stored = await trx
    .insertInto("inbound_messages")
    .values({ tenant, provider, key, channel, contact, sender, text, at, engagement_id: null, result })
    .onConflict((conflict) => conflict.columns(["tenant", "provider", "key"]).doNothing())
    .executeTakeFirst();
  return Number(stored.numInsertedOrUpdatedRows ?? 0n) > 0;
}

interface Conversing {
  readonly row: EngagementRow;
  readonly message: InboundMessage;
  readonly tenant: Readonly<TenantSettings>;
  readonly wish: Wish;
  readonly now: number;
}

async function converse(deps: ConversationDeps, trx: Trx, conversing: Conversing): Promise<void> {
  const { row, message, tenant, wish, now } = conversing;
  const conversation = await openConversation(trx, row, answererOf(tenant, row.channel), now);
  await changeConversation(trx, row.id, afterInbound(conversation, message, wish), now);
  if (wish.wish !== null) {
    await honourWish(deps, trx, { row, message, tenant, wish, now });
    if (wish.wish !== "start") return;
  }
  await enqueueClosing(deps, trx, row, now);
  if (conversation.answers !== "automated" || wish.wish !== null) return;
  await enqueueAnswer(trx, row.id, { now, runAt: now + GATHER_MS });
}

function afterInbound(
  { answers, closed_at }: ConversationRow,
  { at }: InboundMessage,
  { wish }: Wish,
): Partial<ConversationRow> {
  const left = wish === "stop" || wish === "help";
  return {
    last_inbound_at: at,
    // A conversation that was over goes on with somebody, not with a machine nobody watches.
    ...(closed_at === null || left ? {} : { answers: "agent", closed_at: null, closed_why: null }),
    ...(left || (answers === "automated" && closed_at === null)
      ? {}
      : { needs_agent: "The contact wrote and waits for an answer." }),
  };
}
