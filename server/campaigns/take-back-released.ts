// Puts back in line what was released but certainly not handed to a provider yet.
import type { Trx } from "../db/schema.ts";

export async function takeBackReleased(trx: Trx, campaignId: string): Promise<void> {
  await trx
    .updateTable("engagements")
    .set({ campaign_state: "held", provider_ref: null })
    .where("campaign_id", "=", campaignId)
    .where("campaign_state", "=", "released")
    .where("launch_state", "=", "none")
    .where("status", "in", ["accepted", "queued", "paused"])
    .execute();
}
