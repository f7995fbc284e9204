// Campaigns that stop by themselves: their list cannot be read, or the key they act with died. Nobody new is contacted,
// what is left stays in line, and a person may let it go on once the cause is mended.
import { GatewayError, sentenceOf } from "../base/errors.ts";
import { requireAccess } from "../engagements/require-access.ts";
import { type CampaignRow, findCampaign, isGoingOn, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { takeBackReleased } from "./take-back-released.ts";

/** Does nothing to one that was paused, canceled or is over by now. */
export async function stopCampaign(deps: CampaignDeps, campaignId: string, error: unknown): Promise<void> {
  const tenant = await deps.db.transaction().execute(async (trx) => {
    const campaign = await findCampaign(trx, campaignId);
    if (!campaign || !(isGoingOn(campaign) || campaign.status === "checking")) return undefined;
    const now = deps.clock.now();
    const code = error instanceof GatewayError ? error.code : "internal";
    const begun = campaign.queued > 0;
    const message = begun ? `${sentenceOf(error)} The campaign was stopped.` : sentenceOf(error);
    await updateCampaign(
      trx,
      campaign.id,
      { status: "failed", error_code: code, message, ended_at: now, ...(begun ? {} : { stage: "over" }) },
      now,
    );
    await takeBackReleased(trx, campaign.id);
    await deps.journal.add(trx, {
      event: "campaign.failed",
      severity: "error",
      message: `The campaign “${campaign.name}” stopped: ${message}`,
      tenant: campaign.tenant,
      userId: campaign.user_id,
      channel: campaign.channel,
      detail: { batch_id: campaign.id, code },
    });
    return campaign.tenant;
  });
  if (tenant !== undefined) deps.bus.emit("campaign:changed", { campaignId, tenant });
}

const DEAD_KEY: ReadonlySet<string> = new Set(["crm_unauthorized", "crm_forbidden"]);

/**
 * After a record could not be written for want of the right: where Follow Up Boss refuses the key as such (an expired
 * account answers 403 to everything), every campaign that acts with it stops. A single refused record stops nothing.
 */
export async function stopForDeadKey(deps: CampaignDeps, activityId: string, error: unknown): Promise<void> {
  if (!(error instanceof GatewayError) || !DEAD_KEY.has(error.code)) return;
  const row = await deps.db
    .selectFrom("engagements")
    .innerJoin("activities", "activities.engagement_id", "engagements.id")
    .select(["engagements.tenant", "engagements.acts_with"])
    .where("activities.id", "=", activityId)
    .executeTakeFirst();
  const campaigns = row ? await goingOnWith(deps, row.tenant, row.acts_with) : [];
  if (!row || campaigns.length === 0) return;
  const refusal = await refusalOf(deps, row.tenant, row.acts_with);
  if (refusal) for (const { id } of campaigns) await stopCampaign(deps, id, refusal);
}

async function goingOnWith(
  deps: CampaignDeps,
  tenant: string,
  actsWith: string,
): Promise<Pick<CampaignRow, "id">[]> {
  return deps.db
    .selectFrom("campaigns")
    .select("id")
    .where("tenant", "=", tenant)
    .where("acts_with", "=", actsWith)
    .where("status", "in", ["queueing", "running"])
    .execute();
}

async function refusalOf(
  deps: CampaignDeps,
  tenant: string,
  actsWith: string,
): Promise<GatewayError | undefined> {
  try {
    const access = requireAccess(deps.settings, tenant, actsWith);
    await deps.crm.identity({ access, priority: "sync" });
    return undefined;
  } catch (error) {
    return error instanceof GatewayError && DEAD_KEY.has(error.code) ? error : undefined;
  }
}
