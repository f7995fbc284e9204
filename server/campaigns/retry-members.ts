// Puts those in line again whose next try is due.
import type { CampaignRow } from "./campaign.store.ts";
import { isGoingOn } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { putInLine, QUEUE_CHUNK } from "./queue-members.ts";

/** When the next try falls due, epoch ms; null when none is waited for. */
export async function retryMembers(deps: CampaignDeps, campaign: CampaignRow): Promise<number | null> {
  if (campaign.retry === null || !isGoingOn(campaign)) return null;
  return deps.db.transaction().execute(async (trx) => {
    const due = await trx
      .selectFrom("campaign_members")
      .selectAll()
      .where("campaign_id", "=", campaign.id)
      .where("state", "=", "retry")
      .where("retry_at", "<=", deps.clock.now())
      .orderBy("retry_at")
      .limit(QUEUE_CHUNK)
      .execute();
    await putInLine(deps, trx, campaign, due);
    const next = await trx
      .selectFrom("campaign_members")
      .select((select) => select.fn.min("retry_at").as("at"))
      .where("campaign_id", "=", campaign.id)
      .where("state", "=", "retry")
      .executeTakeFirst();
    return next?.at == null ? null : Math.max(deps.clock.now() + 1, Number(next.at));
  });
}
