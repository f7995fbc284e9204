// Pause, resume and cancel a campaign, at any moment. Nobody new is contacted from that moment on; conversations that are
// under way are finished, since a call that ends in the middle of a sentence helps nobody.
import { GatewayError } from "../base/errors.ts";
import type { Trx } from "../db/schema.ts";
import { enqueuePace } from "../engagements/tell-campaign.ts";
import { addCount, type CampaignRow, findCampaign, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { enqueueStage } from "./enqueue-steps.ts";
import { reviveRecords } from "./revive-records.ts";
import { takeBackReleased } from "./take-back-released.ts";

export type CampaignControl = "pause" | "resume" | "cancel";

/** @throws GatewayError campaign_not_found, wrong_state. */
export async function controlCampaign(
  deps: CampaignDeps,
  campaignId: string,
  control: CampaignControl,
  by: string,
): Promise<void> {
  const tenant = await deps.db.transaction().execute(async (trx) => {
    const campaign = await findCampaign(trx, campaignId);
    if (!campaign) throw new GatewayError("campaign_not_found");
    if (CHANGES[control](campaign) === "nothing") return campaign.tenant;
    await APPLY[control](deps, trx, campaign);
    await deps.journal.add(trx, {
      event: `campaign.${control}`,
      message: `${by} asked to ${control} the campaign “${campaign.name}”`,
      tenant: campaign.tenant,
      userId: campaign.user_id,
      channel: campaign.channel,
      detail: { batch_id: campaign.id },
    });
    return campaign.tenant;
  });
  deps.bus.emit("campaign:changed", { campaignId, tenant });
  deps.nudge();
}

type Verdict = "change" | "nothing";

const over = ({ status }: CampaignRow): GatewayError =>
  new GatewayError("wrong_state", { sentence: `This campaign has already ended (${status}).` });

const CHANGES: Readonly<Record<CampaignControl, (campaign: CampaignRow) => Verdict>> = {
  pause: (campaign) => {
    if (campaign.status === "paused") return "nothing";
    if (campaign.status === "queueing" || campaign.status === "running") return "change";
    if (campaign.started_at === null)
      throw new GatewayError("wrong_state", { sentence: "This campaign was not started yet." });
    throw over(campaign);
  },
  resume: (campaign) => {
    if (campaign.status === "queueing" || campaign.status === "running") return "nothing";
    if (canResume(campaign)) return "change";
    if (campaign.started_at === null)
      throw new GatewayError("wrong_state", { sentence: "This campaign was not started yet." });
    throw over(campaign);
  },
  cancel: (campaign) => {
    if (campaign.status === "canceled") return "nothing";
    if (campaign.status === "completed" || (campaign.status === "failed" && campaign.stage === "over"))
      throw over(campaign);
    return "change";
  },
};

/** Paused, or stopped by itself with people still to reach. */
export const canResume = ({ status, stage, started_at }: CampaignRow): boolean =>
  started_at !== null && stage !== "over" && (status === "paused" || status === "failed");

type Apply = (deps: CampaignDeps, trx: Trx, campaign: CampaignRow) => Promise<void>;

const APPLY: Readonly<Record<CampaignControl, Apply>> = {
  pause: async (deps, trx, campaign) => {
    await updateCampaign(trx, campaign.id, { status: "paused", message: null }, deps.clock.now());
    await takeBackReleased(trx, campaign.id);
  },
  resume: async (deps, trx, campaign) => {
    const now = deps.clock.now();
    const status = campaign.stage === "queued" ? "running" : "queueing";
    await updateCampaign(trx, campaign.id, { status, message: null, error_code: null, ended_at: null }, now);
    await reviveRecords(trx, campaign, now);
    await enqueueStage(trx, campaign, now);
  },
  cancel: async (deps, trx, campaign) => {
    const now = deps.clock.now();
    // What was not read of the list is not part of it any more.
    const stage = campaign.started_at === null ? "over" : "queued";
    const change = { status: "canceled", stage, message: null, ended_at: now } as const;
    await updateCampaign(trx, campaign.id, change, now);
    await takeBackReleased(trx, campaign.id);
    await dropUnqueued(deps, trx, campaign);
    await enqueuePace(trx, campaign, now, 0);
  },
};

// Those who were not even in line yet count as skipped, so that the numbers still add up to the list.
async function dropUnqueued(deps: CampaignDeps, trx: Trx, campaign: CampaignRow): Promise<void> {
  const dropped = await trx
    .updateTable("campaign_members")
    .set({ state: "skipped", reason: "canceled" })
    .where("campaign_id", "=", campaign.id)
    .where("state", "=", "checked")
    .executeTakeFirst();
  const n = Number(dropped.numUpdatedRows);
  if (n === 0) return;
  await addCount(trx, campaign.id, "skipped", "canceled", n);
  const change = { skipped: campaign.skipped + n, will_queue: campaign.will_queue - n };
  await updateCampaign(trx, campaign.id, change, deps.clock.now());
}
