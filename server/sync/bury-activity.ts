// An activity that cannot be written is set aside visibly, and can be asked for again once its cause is mended.
import { sentenceOf } from "../base/errors.ts";
import { crmName } from "../crm/crm-name.ts";
import { about } from "../engagements/about-engagement.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { enqueueSync } from "../engagements/queue-activities.ts";
import { findActivity } from "./activity.store.ts";
import type { SyncDeps } from "./sync-deps.ts";

export async function buryActivity(deps: SyncDeps, activityId: string, error: unknown): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const activity = await findActivity(trx, activityId);
    const engagement = activity && (await findEngagement(trx, activity.engagement_id));
    if (!engagement) return;
    const sentence = sentenceOf(error);
    // "writing" is kept in mind through written_hash staying null and the marker: a replay looks before it posts.
    await trx
      .updateTable("activities")
      .set({ state: "dead", last_error: sentence, updated_at: deps.clock.now() })
      .where("id", "=", activityId)
      .execute();
    await deps.journal.add(trx, {
      ...about(engagement),
      severity: "error",
      event: "activity.dead",
      message: `Not written to ${crmName(deps.settings.tenant(engagement.tenant))}: ${sentence}`,
      detail: { activity: activityId, kind: activity.kind },
    });
  });
}

/** Puts an engagement's dead activities back into the outbox. Each is looked for in the CRM before it is posted. */
export async function reviveActivities(deps: SyncDeps, engagementId: string): Promise<number> {
  const revived = await deps.db.transaction().execute(async (trx) => {
    const engagement = await findEngagement(trx, engagementId);
    if (!engagement) return 0;
    const dead = await trx
      .selectFrom("activities")
      .select(["id", "kind"])
      .where("engagement_id", "=", engagementId)
      .where("state", "=", "dead")
      .orderBy("created_at")
      .execute();
    const now = deps.clock.now();
    for (const { id, kind } of dead) {
      await trx
        .updateTable("activities")
        .set({ state: "writing", last_error: null, updated_at: now })
        .where("id", "=", id)
        .execute();
      await enqueueSync(trx, engagement, { id, kind }, now, now);
    }
    if (dead.length > 0)
      await deps.journal.add(trx, {
        ...about(engagement),
        event: "activity.revived",
        message: `${dead.length} waiting for ${crmName(deps.settings.tenant(engagement.tenant))} again`,
      });
    return dead.length;
  });
  deps.nudge();
  return revived;
}
