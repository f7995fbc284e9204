// A campaign whose people could not be looked up in the CRM right before they were to be reached. While the CRM only does
// not answer, they go back into the line; where somebody has to mend the key first, the campaign stops with the reason.
// Nobody is reached unseen, and nobody is dropped. Called when such a job was set aside.
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { about } from "../engagements/about-engagement.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { sayUnread } from "../engagements/launch-subject.ts";
import { parkEngagement } from "../engagements/park-engagement.ts";
import { wakeCampaign } from "../engagements/tell-campaign.ts";
import { findCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { chunkReference } from "./launch-rows.ts";
import { stopCampaign } from "./stop-campaigns.ts";

/** Between two rounds of tries. */
const WAIT_MS = 10 * 60_000;

export type Unread = { readonly engagementId: string } | { readonly chunk: string };

/** True when it was that, and is settled. */
export async function waitForCrm(deps: CampaignDeps, unread: Unread, error: Error): Promise<boolean> {
  if (!(error instanceof GatewayError) || !isAboutCrm(error)) return false;
  const unsent = await unsentOf(deps, unread);
  const [first] = unsent;
  if (!first?.campaign_id) return false;
  // The campaign may have stopped for another of them, which took this one back.
  const rows = unsent.filter(({ campaign_state }) => campaign_state === "released");
  if (error.retry.kind !== "never") {
    await backInLine(deps, rows, error.sentence);
    return true;
  }
  const campaign = await findCampaign(deps.db, first.campaign_id);
  // Rows of a batch may act with other keys than the batch: the others go on.
  const others = rows.filter(({ acts_with }) => acts_with !== campaign?.acts_with);
  for (const { id } of others) await parkEngagement(deps, id, sayUnread(error.sentence));
  if (others.length < rows.length) await stopCampaign(deps, first.campaign_id, error);
  return true;
}

const isAboutCrm = ({ code }: GatewayError): boolean =>
  code.startsWith("crm_") || code === "vault_unavailable";

function unsentOf({ db }: CampaignDeps, unread: Unread): Promise<EngagementRow[]> {
  const rows = db
    .selectFrom("engagements")
    .selectAll()
    .where("campaign_id", "is not", null)
    .where("launch_state", "=", "none")
    .where("status", "in", ["accepted", "queued"]);
  return "chunk" in unread
    ? rows.where("provider_ref", "=", chunkReference(unread.chunk)).execute()
    : rows.where("id", "=", unread.engagementId).execute();
}

async function backInLine(
  deps: CampaignDeps,
  rows: readonly EngagementRow[],
  sentence: string,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const now = deps.clock.now();
  const until = now + WAIT_MS;
  const detail = `${sentence} Whether they may be contacted is looked up again at ${isoTime(until)}`;
  await deps.db.transaction().execute(async (trx) => {
    for (const row of rows) {
      await trx
        .updateTable("engagements")
        .set({ campaign_state: "held", provider_ref: null, scheduled_at: until, updated_at: now })
        .where("id", "=", row.id)
        .where("campaign_state", "=", "released")
        .where("launch_state", "=", "none")
        .execute();
    }
    await trx
      .insertInto("engagement_events")
      .values(rows.map(({ id }) => ({ engagement_id: id, at: now, event: "held", detail })))
      .execute();
    await wakeCampaign(trx, first, now);
    await deps.journal.add(trx, {
      ...about(first),
      severity: "warn",
      event: "engagement.held",
      message: `${rows.length === 1 ? "Outreach of a campaign waits" : `${rows.length} outreaches of a campaign wait`}: ${sentence}`,
      detail: { until: isoTime(until), batch_id: first.campaign_id },
    });
  });
  for (const { id, tenant } of rows) deps.bus.emit("engagement:changed", { engagementId: id, tenant });
  deps.nudge();
}
