// Sets an engagement aside for a person, with the reason, where going on by itself could reach somebody twice.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { about } from "./about-engagement.ts";
import { addHistory, type EngagementRow, findEngagement, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { wakeCampaign } from "./tell-campaign.ts";

/** Does nothing to one that has ended, or, with `unless`, to one of which that holds by now. */
export async function parkEngagement(
  deps: EngagementDeps,
  engagementId: string,
  reason: string,
  unless: (row: EngagementRow) => boolean = () => false,
): Promise<void> {
  const tenant = await deps.db.transaction().execute(async (trx) => {
    const row = await findEngagement(trx, engagementId);
    if (!row || isTerminal(row.status as EngagementStatus) || unless(row)) return undefined;
    const now = deps.clock.now();
    await updateEngagement(trx, row.id, { status: "paused", parked_reason: reason }, now);
    await addHistory(trx, row.id, [{ at: now, event: "parked", detail: reason }]);
    await wakeCampaign(trx, row, now);
    await deps.journal.add(trx, {
      ...about(row),
      severity: "error",
      event: "engagement.parked",
      message: `Set aside for a person: ${reason}`,
    });
    return row.tenant;
  });
  if (tenant === undefined) return;
  deps.bus.emit("engagement:changed", { engagementId, tenant });
  deps.nudge();
}
