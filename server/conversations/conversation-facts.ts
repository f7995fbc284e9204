// What the language model is told of a conversation, and what asking it cost. Used by whoever has it answer or sum up.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { CallType, Channel } from "../../shared/values.ts";
import type { ConversationRow } from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { makeOrder } from "../engagements/make-order.ts";
import type { ConversationFacts } from "../llm/answer-request.ts";
import { type ModelAccess, readConversationLimits, readModelAccess } from "../llm/model-access.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

/** Words only, no ids, numbers or addresses. */
export async function conversationFacts(
  deps: ConversationDeps,
  row: EngagementRow,
  { cost_micros }: Pick<ConversationRow, "cost_micros">,
  tenant: Readonly<TenantSettings>,
): Promise<ConversationFacts> {
  const order = makeOrder(deps, row);
  const transcript = await deps.db
    .selectFrom("messages")
    .select(["direction", "text", "at"])
    .where("engagement_id", "=", row.id)
    // What is said about wishes answers nothing else.
    .where((where) => where.or([where("author", "is", null), where("author", "!=", "system")]))
    .orderBy("position")
    .execute();
  // Whoever has the chat's link is the contact.
  const link = new RegExp(`\\S*/chat/${row.id}\\.\\S*`, "g");
  return {
    channel: row.channel as Channel,
    callType: row.type as CallType,
    instruction: row.instruction,
    contactName: row.person_name,
    agentName: order.agentName,
    brokerage: order.brokerage,
    transcript: transcript.map((line) => ({ ...line, text: line.text.replace(link, "") })),
    limits: readConversationLimits(tenant),
    spentMicros: cost_micros,
  };
}

/** @throws GatewayError channel_unavailable that names the setting that is missing. */
export const modelOf = (
  { settings }: Pick<ConversationDeps, "settings">,
  tenant: Readonly<TenantSettings>,
): ModelAccess =>
  readModelAccess(tenant, settings.secret(`tenant/${tenant.domain_name}/llm_api_key`) ?? null);

/** Adds to what the model has cost in this conversation, in millionths of a US dollar. */
export async function bookCost(
  deps: Pick<ConversationDeps, "db" | "clock">,
  engagementId: string,
  micros: number,
): Promise<void> {
  if (micros === 0) return;
  await deps.db
    .updateTable("conversations")
    .set((set) => ({ cost_micros: set("cost_micros", "+", micros), updated_at: deps.clock.now() }))
    .where("engagement_id", "=", engagementId)
    .execute();
}
