// Who answers from now on: an agent takes over, hands back to the machine, or ends the conversation.
import { GatewayError } from "../base/errors.ts";
import { about } from "../engagements/about-engagement.ts";
import {
  answererOf,
  type ConversationRow,
  changeConversation,
  findConversation,
  openConversation,
} from "../engagements/conversation.store.ts";
import { addHistory, type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { closeConversation } from "./close-conversation.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { enqueueAnswer } from "./enqueue-answer.ts";
import { canReply } from "./reply-to-contact.ts";
import { sumUp } from "./sum-up.ts";

export interface TakeOver {
  readonly engagementId: string;
  readonly answers: "agent" | "automated" | "nobody";
  /** Who decides it, for the history. */
  readonly by: string;
}

/** @throws GatewayError engagement_not_found, wrong_state where nobody can answer, or no machine is set up for the channel. */
export async function takeOver(
  deps: ConversationDeps,
  { engagementId, answers, by }: TakeOver,
): Promise<void> {
  const row = await findEngagement(deps.db, engagementId);
  if (!row) throw new GatewayError("engagement_not_found");
  const known = await findConversation(deps.db, row.id);
  if (!known && !canReply(deps, row))
    throw new GatewayError("wrong_state", { sentence: "There is no conversation in this outreach." });
  if (answers === "automated" && answererOf(deps.settings.tenant(row.tenant), row.channel) !== "automated")
    throw new GatewayError("wrong_state", {
      sentence: "No automated answers are set up for this channel (Settings, Channels).",
    });
  const now = deps.clock.now();
  if (answers === "nobody") return end(deps, row, by, now);
  const detail = answers === "agent" ? `${by} answers from now on` : `${by} lets the machine answer again`;
  await deps.db.transaction().execute(async (trx) => {
    await openConversation(trx, row, answers, now);
    const change = { answers, needs_agent: null, closed_at: null, closed_why: null };
    await changeConversation(trx, row.id, change, now);
    await addHistory(trx, row.id, [{ at: now, event: "taken_over", detail }]);
    await deps.journal.add(trx, { ...about(row), event: "conversation.taken_over", message: detail });
    if (answers === "automated" && isWaiting(known)) await enqueueAnswer(trx, row.id, { now, runAt: now });
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  deps.nudge();
}

const isWaiting = (conversation: ConversationRow | undefined): boolean =>
  (conversation?.last_inbound_at ?? 0) > (conversation?.last_outbound_at ?? 0);

/** Whoever ends it has seen why an agent was wanted. */
async function end(deps: ConversationDeps, row: EngagementRow, by: string, now: number): Promise<void> {
  const conversation = await openConversation(deps.db, row, "agent", now);
  await changeConversation(deps.db, row.id, { needs_agent: null }, now);
  const wrote = conversation.last_inbound_at !== null;
  await closeConversation(deps, row, {
    why: `${by} ended the conversation`,
    outcome: wrote ? "connected" : "delivered",
    summary: wrote ? ((await sumUp(deps, row, conversation, { ask: false }))?.summary ?? null) : null,
  });
}
