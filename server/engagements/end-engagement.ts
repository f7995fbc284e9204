// Ends an engagement by the gateway's own decision: it could not be started, or somebody canceled it before it was.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { about } from "./about-engagement.ts";
import { addHistory, type EngagementRow, findEngagement, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { queueActivities } from "./queue-activities.ts";
import { tellCampaign } from "./tell-campaign.ts";

export interface Ending {
  readonly status: "failed" | "canceled";
  /** "failed", "canceled" or the rule that refused at the last moment. */
  readonly outcome: string;
  readonly detail: string;
  /** Throws when the engagement, read within the transaction, must not be ended. */
  readonly guard?: (row: EngagementRow) => void;
}

/** Does nothing to an engagement that has already ended. */
export async function endEngagement(
  deps: EngagementDeps,
  engagementId: string,
  ending: Ending,
): Promise<void> {
  const tenant = await deps.db.transaction().execute(async (trx) => {
    const row = await findEngagement(trx, engagementId);
    if (!row || isTerminal(row.status as EngagementStatus)) return undefined;
    ending.guard?.(row);
    const now = deps.clock.now();
    const change = { status: ending.status, outcome: ending.outcome, completed_at: now, parked_reason: null };
    await updateEngagement(trx, row.id, change, now);
    await addHistory(trx, row.id, [{ at: now, event: ending.status, detail: ending.detail }]);
    await queueActivities(trx, { ...row, ...change }, { newMessages: 0, resultChanged: true }, now);
    await tellCampaign(trx, row, now);
    await deps.journal.add(trx, {
      ...about(row),
      severity: ending.status === "failed" ? "warn" : "info",
      event: `engagement.${ending.status}`,
      outcome: ending.outcome,
      message: ending.detail,
    });
    return row.tenant;
  });
  if (tenant !== undefined) deps.bus.emit("engagement:changed", { engagementId, tenant });
  deps.nudge();
}
