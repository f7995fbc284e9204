// The jobs of one campaign: reading its list, putting its people in line. One of each at a time.
import type { DbOrTrx } from "../db/schema.ts";
import { crmLane } from "../engagements/queue-activities.ts";
import { enqueuePace } from "../engagements/tell-campaign.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { CampaignRow } from "./campaign.store.ts";

export async function enqueueReading(db: DbOrTrx, campaign: CampaignRow, now: number): Promise<void> {
  await enqueue(
    db,
    "read-campaign",
    { campaign_id: campaign.id },
    { now, dedupeKey: `read:${campaign.id}`, laneKey: crmLane(campaign, "list"), bringForward: true },
  );
}

export async function enqueueQueueing(db: DbOrTrx, campaignId: string, now: number): Promise<void> {
  await enqueue(
    db,
    "queue-campaign",
    { campaign_id: campaignId },
    { now, dedupeKey: `queue:${campaignId}`, bringForward: true },
  );
}

/** Whatever its stage has left to do. */
export async function enqueueStage(db: DbOrTrx, campaign: CampaignRow, now: number): Promise<void> {
  if (campaign.stage === "reading" || campaign.stage === "reading_and_queueing")
    await enqueueReading(db, campaign, now);
  if (campaign.stage === "queueing") await enqueueQueueing(db, campaign.id, now);
  await enqueuePace(db, campaign, now, 0);
}
