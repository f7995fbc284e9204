// What a job that was set aside means for the person it was about: nothing stays "in progress" that nobody works on.
import { sentenceOf } from "../base/errors.ts";
import { endEngagement } from "../engagements/end-engagement.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { parkEngagement } from "../engagements/park-engagement.ts";
import { buryActivity } from "../sync/bury-activity.ts";
import type { JobDeps } from "./job-handlers.ts";

export async function afterDeadJob(
  deps: JobDeps,
  kind: string,
  payload: unknown,
  error: Error,
): Promise<void> {
  const { engagement_id, activity_id } = payload as { engagement_id?: string; activity_id?: string };
  const sentence = sentenceOf(error);
  if (kind === "sync-activity" && activity_id) return buryActivity(deps.sync, activity_id, error);
  if (kind === "poll-engagement" && engagement_id) {
    return parkEngagement(
      deps.embed,
      engagement_id,
      `The provider no longer answers about this outreach: ${sentence}`,
    );
  }
  if (kind === "launch-engagement" && engagement_id) return afterDeadLaunch(deps, engagement_id, sentence);
  if (kind === "resolve-person" && engagement_id) {
    await deps.journal.add(deps.db, {
      event: "person.unresolved",
      severity: "error",
      message: `The person could not be found or added in Follow Up Boss: ${sentence}`,
      engagementId: engagement_id,
    });
  }
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
