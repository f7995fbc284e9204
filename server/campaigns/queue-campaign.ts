// Puts a reviewed campaign's people in line, chunk by chunk, until all are or somebody stops it.
import { setImmediate as breathe } from "node:timers/promises";
import { enqueuePace } from "../engagements/tell-campaign.ts";
import { findCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { queueMembers } from "./queue-members.ts";

/** Chunks per run of the job. */
const CHUNKS_PER_RUN = 50;

export async function queueCampaign(deps: CampaignDeps, campaignId: string): Promise<"done" | "more"> {
  for (let chunks = 0; chunks < CHUNKS_PER_RUN; chunks++) {
    const after = await deps.db.transaction().execute(async (trx) => {
      const campaign = await findCampaign(trx, campaignId);
      if (campaign?.status !== "queueing" || campaign.stage !== "queueing") return undefined;
      const queued = await queueMembers(deps, trx, campaign);
      await enqueuePace(trx, campaign, deps.clock.now());
      return queued;
    });
    if (!after) return "done";
    deps.bus.emit("campaign:changed", { campaignId, tenant: after.tenant });
    deps.nudge();
    if (after.stage !== "queueing") return "done";
    await breathe();
  }
  return "more";
}
