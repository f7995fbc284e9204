// Whoever of a started campaign a contact rule keeps out stands in the ledger like anybody else who was to be contacted; a
// review alone is no attempt. Called as people are put in line, with the places that passes over.
import { type Channel, REFUSAL_REASONS, type RefusalReason } from "../../shared/values.ts";
import { addLedger } from "../contact/ledger.store.ts";
import type { Trx } from "../db/schema.ts";
import type { CampaignRow } from "./campaign.store.ts";
import { readRowDetails } from "./row-details.ts";

/** Places on the list: from the first to before the second. */
export interface Places {
  readonly from: number;
  readonly upTo: number;
}

export async function noteSkipped(
  trx: Trx,
  campaign: CampaignRow,
  { from, upTo }: Places,
  now: number,
): Promise<void> {
  const skipped = await trx
    .selectFrom("campaign_members")
    .select(["contact", "person_id", "reason", "order_details"])
    .where("campaign_id", "=", campaign.id)
    .where("position", ">=", from)
    .where("position", "<", upTo)
    .where("state", "=", "skipped")
    .where("reason", "in", [...REFUSAL_REASONS])
    .orderBy("position")
    .execute();
  for (const { contact, person_id, reason, order_details } of skipped) {
    const own = readRowDetails(order_details);
    await addLedger(trx, {
      at: now,
      tenant: campaign.tenant,
      engagementId: null,
      campaignId: campaign.id,
      channel: own.channel ?? ((campaign.channel ?? "phone") as Channel),
      contact,
      personId: person_id,
      userId: own.actor ? own.actor.userId : campaign.user_id,
      stage: "queue",
      decision: "refused",
      rule: reason as RefusalReason,
      detail: null,
    });
  }
}
