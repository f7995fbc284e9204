// The switch that pauses outreach, as the console turns and reads it. What waits meanwhile is decided in
// server/queue/outreach-pause.ts.
import type { Lamp } from "../../shared/admin-api.ts";
import type { OutreachState } from "../../shared/console/outreach.schema.ts";
import { isoTime } from "../base/clock.ts";
import { sayInstant } from "../base/say-instant.ts";
import type { Db, Trx } from "../db/schema.ts";
import { enqueuePace } from "../engagements/tell-campaign.ts";
import { type OutreachPause, pauseOutreach, readPause, resumeOutreach } from "../queue/outreach-pause.ts";
import type { AdminDeps } from "./admin-deps.ts";

type SwitchDeps = Pick<AdminDeps, "db" | "clock" | "journal" | "nudge">;

/** Doing again what was done already changes nothing. */
export async function switchOutreach(
  deps: SwitchDeps,
  change: "pause" | "resume",
  by: string,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const changed =
      change === "pause" ? await pauseOutreach(trx, { by, since: now }) : await resumeOutreach(trx);
    if (!changed) return;
    if (change === "resume") {
      await settleRestore(trx, now);
      await wakeCampaigns(trx, now);
    }
    const message =
      change === "pause"
        ? `${by} paused all outreach: nothing new goes out until it is resumed`
        : `${by} resumed outreach`;
    const severity = change === "pause" ? "warn" : "info";
    await deps.journal.add(trx, {
      event: change === "pause" ? "outreach.paused" : "outreach.resumed",
      severity,
      message,
    });
  });
  deps.nudge();
}

// Whoever lets outreach go on after a restore has looked; what waited is looked for elsewhere as it goes out.
async function settleRestore(trx: Trx, now: number): Promise<void> {
  await trx
    .updateTable("backup_events")
    .set({ settled_at: now })
    .where("kind", "in", ["restore", "undo", "take_back"])
    .where("settled_at", "is", null)
    .execute();
}

async function wakeCampaigns(trx: Trx, now: number): Promise<void> {
  const scopes = await trx
    .selectFrom("campaigns")
    .select(["tenant", "crm_account_id"])
    .distinct()
    .where("started_at", "is not", null)
    .where("stage", "!=", "over")
    .execute();
  for (const scope of scopes) await enqueuePace(trx, scope, now, 0);
}

export async function readOutreach(db: Db): Promise<OutreachState> {
  const pause = await readPause(db);
  const counted = await db
    .selectFrom("engagements")
    .select((select) => select.fn.countAll<number>().as("n"))
    .where("status", "in", ["accepted", "queued"])
    .where("launch_state", "=", "none")
    .where((where) => where.or([where("campaign_state", "is", null), where("campaign_state", "!=", "held")]))
    .executeTakeFirstOrThrow();
  return {
    paused: pause && { by: pause.by, since: isoTime(pause.since) },
    waiting: Number(counted.n),
  };
}

/** In the time of this computer, which is most likely the brokerage's. */
export const pausedLamp = (pause: OutreachPause): Lamp => ({
  state: "warn",
  sentence: `Paused by ${pause.by} since ${sayInstant(pause.since)}.`,
  remedy: "Resume outreach when new calls and messages may go out again.",
});
