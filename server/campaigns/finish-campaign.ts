// Ends a campaign when nothing is left to do, and clears the line of one that was canceled.
import type { Trx } from "../db/schema.ts";
import { addCount, type CampaignRow, findCampaign, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";

/** People taken out of line per transaction. */
const SWEEP_CHUNK = 500;

/** True when there is more to clear. */
export async function finishCampaign(deps: CampaignDeps, campaignId: string): Promise<boolean> {
  return deps.db.transaction().execute(async (trx) => {
    const campaign = await findCampaign(trx, campaignId);
    if (!campaign) return false;
    if (campaign.status === "canceled") return sweepCanceled(deps, trx, campaign);
    if (campaign.status === "running" && campaign.stage === "queued" && (await nothingLeft(trx, campaign.id)))
      await complete(deps, trx, campaign);
    return false;
  });
}

async function nothingLeft(trx: Trx, campaignId: string): Promise<boolean> {
  const engagement = await trx
    .selectFrom("engagements")
    .select("id")
    .where("campaign_id", "=", campaignId)
    .where("campaign_state", "in", ["held", "released", "ended"])
    .limit(1)
    .executeTakeFirst();
  if (engagement) return false;
  const member = await trx
    .selectFrom("campaign_members")
    .select("position")
    .where("campaign_id", "=", campaignId)
    .where("state", "in", ["checked", "waiting", "retry"])
    .limit(1)
    .executeTakeFirst();
  return member === undefined;
}

async function complete(deps: CampaignDeps, trx: Trx, campaign: CampaignRow): Promise<void> {
  const now = deps.clock.now();
  await updateCampaign(trx, campaign.id, { status: "completed", stage: "over", ended_at: now }, now);
  await deps.journal.add(trx, {
    event: "campaign.completed",
    message: `The campaign “${campaign.name}” is over: ${campaign.done} of ${campaign.queued} people were reached or tried`,
    tenant: campaign.tenant,
    userId: campaign.user_id,
    channel: campaign.channel,
    detail: { batch_id: campaign.id },
  });
}

// What is under way is finished; whoever was still in line, or would have been tried again, is not contacted.
async function sweepCanceled(deps: CampaignDeps, trx: Trx, campaign: CampaignRow): Promise<boolean> {
  const held = await trx
    .selectFrom("engagements")
    .select(["id", "campaign_position"])
    .where("campaign_id", "=", campaign.id)
    .where("campaign_state", "=", "held")
    .limit(SWEEP_CHUNK)
    .execute();
  const now = deps.clock.now();
  if (held.length > 0) await cancelHeld(trx, campaign, held, now);
  const retries = await trx
    .updateTable("campaign_members")
    .set({ state: "done", retry_at: null, done_at: now })
    .where("campaign_id", "=", campaign.id)
    .where("state", "=", "retry")
    .returning("outcome")
    .execute();
  for (const { outcome } of retries) await addCount(trx, campaign.id, "outcome", outcome ?? "canceled", 1);
  const done = campaign.done + held.length + retries.length;
  const under = await trx
    .selectFrom("engagements")
    .select("id")
    .where("campaign_id", "=", campaign.id)
    .where("campaign_state", "in", ["held", "released", "ended"])
    .limit(1)
    .executeTakeFirst();
  await updateCampaign(trx, campaign.id, { done, ...(under ? {} : { stage: "over" }) }, now);
  return held.length === SWEEP_CHUNK;
}

async function cancelHeld(
  trx: Trx,
  campaign: CampaignRow,
  held: readonly { readonly id: string; readonly campaign_position: number | null }[],
  now: number,
): Promise<void> {
  const ids = held.map(({ id }) => id);
  await trx
    .updateTable("engagements")
    .set({
      status: "canceled",
      outcome: "canceled",
      campaign_state: "settled",
      completed_at: now,
      updated_at: now,
    })
    .where("id", "in", ids)
    .execute();
  const line = { at: now, event: "canceled", detail: "The campaign was canceled before their turn" };
  await trx
    .insertInto("engagement_events")
    .values(ids.map((id) => ({ engagement_id: id, ...line })))
    .execute();
  await trx
    .updateTable("campaign_members")
    .set({ state: "done", outcome: "canceled", done_at: now })
    .where("campaign_id", "=", campaign.id)
    .where(
      "position",
      "in",
      held.map(({ campaign_position }) => campaign_position ?? -1),
    )
    .execute();
  await addCount(trx, campaign.id, "outcome", "canceled", held.length);
}
