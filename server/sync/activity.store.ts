// The outbox's tables: activities and the transcript rows each of them carries.
import type { Selectable } from "kysely";
import { crmName } from "../crm/crm-name.ts";
import type { ActivityTable, Db, DbOrTrx } from "../db/schema.ts";
import { about } from "../engagements/about-engagement.ts";
import { addHistory, type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import type { DescribedMessage } from "./describe-activity.ts";
import type { SyncDeps } from "./sync-deps.ts";

export type ActivityRow = Selectable<ActivityTable>;

export async function findActivity(db: DbOrTrx, id: string): Promise<ActivityRow | undefined> {
  return db.selectFrom("activities").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function messagesOf(db: DbOrTrx, activityId: string): Promise<DescribedMessage[]> {
  return db
    .selectFrom("messages")
    .select(["at", "direction", "text"])
    .where("activity_id", "=", activityId)
    .orderBy("position")
    .execute();
}

/** Everything that was said in an outreach. */
export async function transcriptOf(db: DbOrTrx, engagementId: string): Promise<DescribedMessage[]> {
  return db
    .selectFrom("messages")
    .select(["at", "direction", "text"])
    .where("engagement_id", "=", engagementId)
    .orderBy("position")
    .execute();
}

/**
 * Saves that the request is about to be made, and a digest of what it says. A note takes along every row that no other
 * note carries, unless it may already stand in the CRM: then it keeps exactly the rows it has.
 * Undefined, and the note is gone, when an earlier note that was tried again has taken all its rows.
 */
export async function claimWriting<C>(
  db: Db,
  activity: ActivityRow,
  now: number,
  content: (trx: DbOrTrx) => Promise<{ readonly content: C; readonly hash: string }>,
): Promise<C | undefined> {
  return db.transaction().execute(async (trx) => {
    if (activity.kind === "note" && !(await claimRows(trx, activity))) {
      await trx.deleteFrom("activities").where("id", "=", activity.id).execute();
      return undefined;
    }
    const described = await content(trx);
    await trx
      .updateTable("activities")
      .set({ state: "writing", written_hash: described.hash, updated_at: now })
      .where("id", "=", activity.id)
      .execute();
    return described.content;
  });
}

async function claimRows(trx: DbOrTrx, activity: ActivityRow): Promise<boolean> {
  const held = (await messagesOf(trx, activity.id)).length > 0;
  if (activity.state === "writing" && held) return true;
  const taken = await trx
    .updateTable("messages")
    .set({ activity_id: activity.id })
    .where("engagement_id", "=", activity.engagement_id)
    .where("activity_id", "is", null)
    .executeTakeFirst();
  return held || taken.numUpdatedRows > 0n;
}

/** The request was certainly not stored: the next try need not look for it. */
export async function releaseWriting(db: Db, id: string, now: number): Promise<void> {
  await db
    .updateTable("activities")
    .set({ state: "waiting", updated_at: now })
    .where("id", "=", id)
    .execute();
}

export interface Written {
  readonly crmId: string;
  /** Digest of what was written. */
  readonly hash: string;
  /** It was found by its marker, not posted by this try. */
  readonly recovered: boolean;
}

/** Stores the CRM's id. "changed" when the engagement says something else by now, read in the same transaction. */
export async function settleWritten(
  deps: SyncDeps,
  activity: ActivityRow,
  engagement: EngagementRow,
  written: Written,
  hashNow: (fresh: EngagementRow, trx: DbOrTrx) => Promise<string>,
): Promise<"written" | "changed"> {
  const now = deps.clock.now();
  const sentence = sayWritten(
    crmName(deps.settings.tenant(engagement.tenant)),
    written.recovered ? "recovered" : activity.crm_id === null ? "written" : "updated",
  );
  const result = await deps.db.transaction().execute(async (trx) => {
    const fresh = await findEngagement(trx, engagement.id);
    const changed =
      activity.kind === "call" &&
      fresh !== undefined &&
      (written.recovered || (await hashNow(fresh, trx)) !== written.hash);
    const state = changed ? "waiting" : "written";
    await trx
      .updateTable("activities")
      .set({ state, crm_id: written.crmId, written_hash: written.hash, last_error: null, updated_at: now })
      .where("id", "=", activity.id)
      .execute();
    const message = `${activity.kind === "call" ? "Call" : "Note"} ${written.crmId} ${sentence}`;
    await addHistory(trx, engagement.id, [{ at: now, event: "crm_written", detail: message }]);
    await deps.journal.add(trx, {
      ...about(fresh ?? engagement),
      event: "activity.written",
      message,
      detail: { activity: activity.id, crm_id: written.crmId },
    });
    return changed ? "changed" : "written";
  });
  deps.bus.emit("engagement:changed", { engagementId: engagement.id, tenant: engagement.tenant });
  return result;
}

const sayWritten = (crm: string, how: "written" | "updated" | "recovered"): string =>
  how === "recovered"
    ? `was found in ${crm} after an unclear answer, so it was not written again`
    : `was ${how} in ${crm}`;
