// A campaign that goes on after its key died: the records that could not be written meanwhile are tried again. Each is
// looked for in the CRM before it is posted.
import type { Trx } from "../db/schema.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { enqueueSync } from "../engagements/queue-activities.ts";
import type { CampaignRow } from "./campaign.store.ts";

export async function reviveRecords(trx: Trx, campaign: CampaignRow, now: number): Promise<void> {
  const dead = await trx
    .selectFrom("activities")
    .innerJoin("engagements", "engagements.id", "activities.engagement_id")
    .select(["activities.id", "activities.kind", "activities.engagement_id"])
    .where("activities.state", "=", "dead")
    .where("activities.tenant", "=", campaign.tenant)
    .where("engagements.campaign_id", "=", campaign.id)
    .execute();
  for (const { id, kind, engagement_id } of dead) {
    const row = await findEngagement(trx, engagement_id);
    if (!row) continue;
    await trx
      .updateTable("activities")
      .set({ state: "writing", last_error: null, updated_at: now })
      .where("id", "=", id)
      .execute();
    await enqueueSync(trx, row, { id, kind }, now, now);
  }
}
