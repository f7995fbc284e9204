// What a job that was set aside means for the person it was about: nothing stays "in progress" that nobody works on.
import { z } from "zod";
import { sentenceOf } from "../base/errors.ts";
import { failChunk } from "../campaigns/hand-over-chunk.ts";
import { stopCampaign, stopForDeadKey } from "../campaigns/stop-campaigns.ts";
import { waitForCrm } from "../campaigns/wait-for-crm.ts";
import { failMessage } from "../conversations/fail-message.ts";
import { leaveToAgent } from "../conversations/need-agent.ts";
import { endEngagement } from "../engagements/end-engagement.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { parkEngagement } from "../engagements/park-engagement.ts";
import { buryActivity } from "../sync/bury-activity.ts";
import { failForward } from "../webhooks/fan-out/settle-forward.ts";
import { failDelivery } from "../webhooks/process-delivery.ts";
import type { JobDeps } from "./job-handlers.ts";

/** A payload that could not be read is about nobody. */
const subjectSchema = z
  .object({
    engagement_id: z.string().optional().catch(undefined),
    activity_id: z.string().optional().catch(undefined),
    campaign_id: z.string().optional().catch(undefined),
    chunk: z.string().optional().catch(undefined),
    delivery_id: z.number().optional().catch(undefined),
    forward_id: z.number().optional().catch(undefined),
    message_id: z.string().optional().catch(undefined),
  })
  .catch({});

export async function afterDeadJob(
  deps: JobDeps,
  kind: string,
  payload: unknown,
  error: Error,
): Promise<void> {
  const { engagement_id, activity_id, campaign_id, chunk, delivery_id, forward_id, message_id } =
    subjectSchema.parse(payload);
  const sentence = sentenceOf(error);
  if (kind === "sync-activity" && activity_id) {
    await buryActivity(deps.sync, activity_id, error);
    return stopForDeadKey(deps.campaigns, activity_id, error);
  }
  if ((kind === "read-campaign" || kind === "queue-campaign") && campaign_id)
    return stopCampaign(deps.campaigns, campaign_id, error);
  if (kind === "process-delivery" && delivery_id !== undefined)
    return failDelivery(deps.webhooks, delivery_id, error);
  if (kind === "forward-delivery" && forward_id !== undefined)
    return failForward(deps.fanOut, forward_id, error);
  if (kind === "send-message" && message_id) return failMessage(deps.conversations, message_id, sentence);
  if (kind === "answer-contact" && engagement_id)
    return leaveToAgent(
      deps.conversations,
      engagement_id,
      `The automated assistant could not answer: ${sentence}`,
    );
  if (kind === "hand-over-chunk" && chunk) {
    if (await waitForCrm(deps.campaigns, { chunk }, error)) return;
    return failChunk(deps.campaigns, chunk, sentence);
  }
  if (kind === "poll-engagement" && engagement_id) {
    return parkEngagement(
      deps.embed,
      engagement_id,
      `The provider no longer answers about this outreach: ${sentence}`,
    );
  }
  if (kind === "launch-engagement" && engagement_id) {
    if (await waitForCrm(deps.campaigns, { engagementId: engagement_id }, error)) return;
    return afterDeadLaunch(deps, engagement_id, sentence);
  }
  const unresolved = kind === "resolve-person" && engagement_id !== undefined;
  await deps.journal.add(deps.db, {
    event: unresolved ? "person.unresolved" : "job.dead",
    severity: "error",
    message: unresolved
      ? `The person could not be found or added in the CRM: ${sentence}`
      : `A piece of background work (${kind}) was set aside: ${sentence}`,
    engagementId: engagement_id ?? null,
  });
}

// A bug or a crash in the middle of handing over leaves it open whether the provider was asked.
async function afterDeadLaunch(deps: JobDeps, engagementId: string, sentence: string): Promise<void> {
  const row = await findEngagement(deps.db, engagementId);
  if (row?.launch_state === "launching") {
    return parkEngagement(
      deps.embed,
      engagementId,
      `It is not known whether this outreach was started: ${sentence}`,
    );
  }
  return endEngagement(deps.embed, engagementId, {
    status: "failed",
    outcome: "failed",
    detail: `It could not be started: ${sentence}`,
  });
}
