// Counts results: each ended engagement of a campaign once, in the transaction that marks it as counted. A result that
// changes later (an outcome that comes after the end) is counted again in the place of the first.
import { sql } from "kysely";
import { retrySchema } from "../../shared/campaign.schema.ts";
import type { Trx } from "../db/schema.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import type { PaceScope } from "../engagements/tell-campaign.ts";
import {
  addCount,
  type CampaignRow,
  findCampaign,
  type MemberRow,
  updateCampaign,
} from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { nextWithinHours } from "./within-hours.ts";

const MOST = 200;

/** True when there may be more to count. `touched` gets the campaigns whose counts changed. */
export async function settleEnded(
  deps: CampaignDeps,
  scope: PaceScope,
  touched: Set<string>,
): Promise<boolean> {
  return deps.db.transaction().execute(async (trx) => {
    const ended = await endedOf(trx, scope);
    for (const [campaignId, rows] of groupByCampaign(ended)) {
      const campaign = await findCampaign(trx, campaignId);
      let done = 0;
      for (const row of rows) if (campaign) done += await settleOne(deps, trx, campaign, row);
      await trx
        .updateTable("engagements")
        .set({ campaign_state: "settled" })
        .where(
          "id",
          "in",
          rows.map(({ id }) => id),
        )
        .execute();
      if (campaign && done !== 0)
        await updateCampaign(trx, campaignId, { done: campaign.done + done }, deps.clock.now());
      touched.add(campaignId);
    }
    return ended.length === MOST;
  });
}

async function endedOf(trx: Trx, scope: PaceScope): Promise<EngagementRow[]> {
  // The state is written as it is, so that the index of just these rows is used.
  return trx
    .selectFrom("engagements")
    .selectAll("engagements")
    .innerJoin("campaigns", "campaigns.id", "engagements.campaign_id")
    .where("engagements.tenant", "=", scope.tenant)
    .where("engagements.campaign_state", "=", sql.lit("ended"))
    .where("campaigns.crm_account_id", scope.crm_account_id === null ? "is" : "=", scope.crm_account_id)
    .limit(MOST)
    .execute();
}

function groupByCampaign(rows: readonly EngagementRow[]): Map<string, EngagementRow[]> {
  const groups = new Map<string, EngagementRow[]>();
  for (const row of rows) {
    const id = row.campaign_id ?? "";
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return groups;
}

/** 1 when a person is done by it, 0 when they already were or will be tried again. */
async function settleOne(
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
  row: EngagementRow,
): Promise<number> {
  const member = await memberOf(trx, campaign.id, row);
  // An earlier attempt's late word: the newest attempt is what counts.
  if (!member || member.engagement_id !== row.id) return 0;
  const outcome = row.outcome ?? row.status;
  const now = deps.clock.now();
  if (member.state !== "done") {
    const retryAt = retryTime(campaign, member, outcome, now);
    if (retryAt !== null) {
      await changeMember(trx, member, { state: "retry", outcome, retry_at: retryAt });
      return 0;
    }
  }
  await changeMember(trx, member, { state: "done", outcome, done_at: member.done_at ?? now });
  if (member.state === "done" && member.outcome !== null)
    await addCount(trx, campaign.id, "outcome", member.outcome, -1);
  await addCount(trx, campaign.id, "outcome", outcome, 1);
  if (row.rule !== null && member.state !== "done") await addCount(trx, campaign.id, "refused", row.rule, 1);
  return member.state === "done" ? 0 : 1;
}

async function memberOf(trx: Trx, campaignId: string, row: EngagementRow): Promise<MemberRow | undefined> {
  return trx
    .selectFrom("campaign_members")
    .selectAll()
    .where("campaign_id", "=", campaignId)
    .where("position", "=", row.campaign_position ?? -1)
    .executeTakeFirst();
}

async function changeMember(trx: Trx, member: MemberRow, change: Partial<MemberRow>): Promise<void> {
  await trx
    .updateTable("campaign_members")
    .set(change)
    .where("campaign_id", "=", member.campaign_id)
    .where("position", "=", member.position)
    .execute();
}

/** When they are tried again; null when that was the last word. */
function retryTime(campaign: CampaignRow, member: MemberRow, outcome: string, now: number): number | null {
  if (campaign.retry === null || campaign.status === "canceled") return null;
  const retry = retrySchema.parse(JSON.parse(campaign.retry));
  if (!retry.outcomes.some((one) => one === outcome) || member.attempts > retry.times) return null;
  return nextWithinHours(now + retry.after_minutes * 60_000, retry.hours);
}
