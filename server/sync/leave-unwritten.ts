// A contact who wrote by themselves and whom the CRM does not know: what they write stays here. With their next word it is
// looked again, so that somebody added meanwhile gets all of it.
import { crmName } from "../crm/crm-name.ts";
import { about } from "../engagements/about-engagement.ts";
import { appendHistory, type EngagementRow } from "../engagements/engagement.store.ts";
import type { ActivityRow } from "./activity.store.ts";
import type { SyncDeps } from "./sync-deps.ts";

export async function leaveUnwritten(
  deps: SyncDeps,
  activity: ActivityRow,
  engagement: EngagementRow,
): Promise<void> {
  const now = deps.clock.now();
  const crm = crmName(deps.settings.tenant(engagement.tenant));
  const message = `Nobody in ${crm} has this number or address, so nothing is written there`;
  await deps.db.transaction().execute(async (trx) => {
    await trx.deleteFrom("activities").where("id", "=", activity.id).execute();
    await appendHistory(trx, engagement.id, [{ at: now, event: "person_unknown", detail: message }]);
    await deps.journal.add(trx, { ...about(engagement), event: "person.unknown", message });
  });
}
