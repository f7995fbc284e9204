// Makes sure that every campaign with something left to do has the job that does it: at start, and now and then, so that
// a job that was set aside by a fault never leaves a campaign standing.
import type { CampaignDeps } from "./campaign-deps.ts";
import { enqueueStage } from "./enqueue-steps.ts";

export async function resumeCampaigns(deps: CampaignDeps): Promise<void> {
  const open = await deps.db
    .selectFrom("campaigns")
    .selectAll()
    .where("stage", "!=", "over")
    .where("status", "in", ["checking", "queueing", "running", "canceled"])
    .execute();
  const now = deps.clock.now();
  for (const campaign of open) await enqueueStage(deps.db, campaign, now);
  if (open.length > 0) deps.nudge();
}
