// After a message went out that may be answered: its conversation is open from now on, and ends by itself when nothing is
// said for long enough (the setting conversation_hours).
import { type Channel, type EngagementStatus, isTerminal, isVoice } from "../../shared/values.ts";
import type { ChannelProvider } from "../channels/channel.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import { answererOf, openConversation } from "./conversation.store.ts";
import { type EngagementRow, findEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";

export async function awaitReply(deps: EngagementDeps, id: string, provider: ChannelProvider): Promise<void> {
  if (!provider.send) return;
  await deps.db.transaction().execute(async (trx) => {
    const row = await findEngagement(trx, id);
    if (!row || isTerminal(row.status as EngagementStatus) || !expectsReply(row)) return;
    const now = deps.clock.now();
    await openConversation(trx, row, answererOf(deps.settings.tenant(row.tenant), row.channel), now);
    await enqueueClosing(deps, trx, row, now);
  });
  deps.nudge();
}

/**
 * Somebody wants an answer: not where people are only informed, and not in a campaign, where a message that was delivered
 * is the result. An answer that comes all the same is taken in like any other. A chat's link always waits for somebody.
 */
export const expectsReply = (row: Pick<EngagementRow, "channel" | "type" | "campaign_id">): boolean =>
  !isVoice(row.channel as Channel) &&
  (row.type !== "informational" || row.channel === "chat") &&
  row.campaign_id === null;

/** The job that ends a conversation once nothing was said for the brokerage's hours; each word puts it off. */
export async function enqueueClosing(
  deps: Pick<EngagementDeps, "settings">,
  db: DbOrTrx,
  row: Pick<EngagementRow, "id" | "tenant">,
  now: number,
): Promise<void> {
  const hours = deps.settings.tenant(row.tenant)?.conversation_hours ?? 24;
  const runAt = now + Math.round(hours * 3_600_000);
  await enqueue(
    db,
    "close-conversation",
    { engagement_id: row.id },
    { now, runAt, dedupeKey: `close:${row.id}` },
  );
}
