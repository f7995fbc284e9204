// Ends a conversation by text: nothing was said for the brokerage's hours, or whoever answered says that it is over. What
// was under way until then gets its result, and a summary of what was said.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import {
  type ConversationRow,
  changeConversation,
  findConversation,
} from "../engagements/conversation.store.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { recordIn } from "../engagements/record-snapshot.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export interface Ending {
  readonly why: string;
  readonly outcome: "connected" | "delivered" | "not_interested";
  readonly summary: string | null;
}

/** When to look again, epoch ms, or null when the conversation is over. Called by its job. */
export async function closeWhenSilent(deps: ConversationDeps, engagementId: string): Promise<number | null> {
  const conversation = await findConversation(deps.db, engagementId);
  const row = conversation && (await findEngagement(deps.db, engagementId));
  if (!row || conversation.closed_at !== null) return null;
  const hours = deps.settings.tenant(row.tenant)?.conversation_hours ?? 24;
  const due = lastWord(conversation) + Math.round(hours * 3_600_000);
  if (deps.clock.now() < due) return due;
  const wrote = conversation.last_inbound_at !== null;
  await closeConversation(deps, row, {
    why: `Nothing was said for ${hours} hours`,
    outcome: wrote ? "connected" : "delivered",
    summary: wrote ? await summaryOf(deps, row) : "The message was delivered; no reply came.",
  });
  return null;
}

const lastWord = ({ opened_at, last_inbound_at, last_outbound_at }: ConversationRow): number =>
  Math.max(opened_at, last_inbound_at ?? 0, last_outbound_at ?? 0);

/** Does nothing to one that is closed. */
export async function closeConversation(
  deps: ConversationDeps,
  asked: EngagementRow,
  { why, outcome, summary }: Ending,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const conversation = await findConversation(trx, asked.id);
    const row = await findEngagement(trx, asked.id);
    if (!row || conversation?.closed_at !== null) return;
    const closed = { answers: "nobody" as const, closed_at: now, closed_why: why };
    await changeConversation(trx, row.id, closed, now);
    if (isTerminal(row.status as EngagementStatus)) return;
    await recordIn(deps, trx, row, {
      snapshot: {
        status: "completed",
        outcome,
        summary,
        startedAt: null,
        completedAt: now,
        duration: null,
        transcript: [],
        history: [{ at: now, event: "closed", detail: why }],
        seenAt: now,
      },
    });
  });
  deps.bus.emit("engagement:changed", { engagementId: asked.id, tenant: asked.tenant });
  deps.nudge();
}

/** Without a model: how much they wrote, and their last words. */
async function summaryOf(deps: ConversationDeps, row: EngagementRow): Promise<string> {
  const messages = await deps.db
    .selectFrom("messages")
    .select("text")
    .where("engagement_id", "=", row.id)
    .where("direction", "=", "inbound")
    .orderBy("position", "desc")
    .execute();
  const name = row.person_name?.split(" ")[0] || "The contact";
  const last = messages[0]?.text.replace(/\s+/g, " ").trim().slice(0, 200) ?? "";
  const wrote = messages.length === 1 ? "wrote once" : `wrote ${messages.length} messages`;
  return `${name} ${wrote}; last: “${last}”`;
}
