// Who answers from now on: an agent takes over, hands back to the machine, or ends the conversation.
import { GatewayError } from "../base/errors.ts";
import { about } from "../engagements/about-engagement.ts";
import {
  answererOf,
  changeConversation,
  findConversation,
  openConversation,
} from "../engagements/conversation.store.ts";
import { addHistory, findEngagement } from "../engagements/engagement.store.ts";
import { closeConversation } from "./close-conversation.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export interface TakeOver {
  readonly engagementId: string;
  readonly answers: "agent" | "automated" | "nobody";
  /** Who decides it, for the history. */
  readonly by: string;
}

/** @throws GatewayError engagement_not_found, wrong_state where no machine is set up for the channel. */
export async function takeOver(
  deps: ConversationDeps,
  { engagementId, answers, by }: TakeOver,
): Promise<void> {
  const row = await findEngagement(deps.db, engagementId);
  if (!row) throw new GatewayError("engagement_not_found");
  if (answers === "automated" && answererOf(deps.settings.tenant(row.tenant), row.channel) !== "automated")
    throw new GatewayError("wrong_state", {
      sentence: "No automated answers are set up for this channel (Settings, Channels).",
    });
  const now = deps.clock.now();
  if (answers === "nobody") {
    const wrote = (await findConversation(deps.db, row.id))?.last_inbound_at != null;
    const outcome = wrote ? "connected" : "delivered";
    return closeConversation(deps, row, { why: `${by} ended the conversation`, outcome, summary: null });
  }
  const detail = answers === "agent" ? `${by} answers from now on` : `${by} lets the machine answer again`;
  await deps.db.transaction().execute(async (trx) => {
    await openConversation(trx, row, answers, now);
    const change = { answers, needs_agent: null, closed_at: null, closed_why: null };
    await changeConversation(trx, row.id, change, now);
    await addHistory(trx, row.id, [{ at: now, event: "taken_over", detail }]);
    await deps.journal.add(trx, { ...about(row), event: "conversation.taken_over", message: detail });
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
}
