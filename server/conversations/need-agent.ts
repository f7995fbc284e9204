// Leaves a conversation to a person, with the reason: the machine says nothing more, and whoever looks sees why.
import type { Trx } from "../db/schema.ts";
import { about } from "../engagements/about-engagement.ts";
import { changeConversation } from "../engagements/conversation.store.ts";
import { addHistory, type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export async function needAgent(
  deps: Pick<ConversationDeps, "journal">,
  trx: Trx,
  row: EngagementRow,
  why: string,
  now: number,
): Promise<void> {
  await changeConversation(trx, row.id, { answers: "agent", needs_agent: why }, now);
  await addHistory(trx, row.id, [{ at: now, event: "needs_agent", detail: why }]);
  await deps.journal.add(trx, {
    ...about(row),
    severity: "warn",
    event: "conversation.handed_over",
    message: `An agent has to go on: ${why}`,
  });
}

/** The same in a transaction of its own, for whoever has nothing else to write. */
export async function leaveToAgent(
  deps: Pick<ConversationDeps, "db" | "journal" | "clock" | "bus">,
  engagementId: string,
  why: string,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const row = await findEngagement(trx, engagementId);
    if (row) await needAgent(deps, trx, row, why, deps.clock.now());
  });
  const tenant = (await findEngagement(deps.db, engagementId))?.tenant;
  if (tenant !== undefined) deps.bus.emit("engagement:changed", { engagementId, tenant });
}
