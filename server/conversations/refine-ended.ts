// An outreach that is over, once more is known of what the contact wanted. Within the caller's transaction.
import type { Trx } from "../db/schema.ts";
import { refine } from "../engagements/add-message.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { queueActivities } from "../engagements/queue-activities.ts";

/** They declined; nothing happens to what is still under way. */
export async function refineEnded(trx: Trx, id: string, now: number): Promise<void> {
  const row = await findEngagement(trx, id);
  if (!row) return;
  const refined = await refine(trx, row, "not_interested", now);
  if (refined.outcome !== row.outcome)
    await queueActivities(trx, refined, { newMessages: 0, resultChanged: true }, now);
}
