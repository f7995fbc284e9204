// Which campaigns somebody may see: an agent their own, in the account they are in; a brokerage's program all of it.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { type CampaignRow, findCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import type { CampaignAsker } from "./list-request.ts";
import { readCampaign } from "./read-campaign.ts";

const BATCH_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHOWN = 5;

/** @throws GatewayError campaign_not_found for everything that is not theirs. */
export async function requireOwnCampaign(
  deps: CampaignDeps,
  asker: CampaignAsker,
  id: string,
): Promise<CampaignRow> {
  const row = BATCH_ID.test(id) ? await findCampaign(deps.db, id) : undefined;
  if (!row || !isOwn(row, asker)) throw new GatewayError("campaign_not_found");
  return row;
}

// The same agent through another FUB user (or before they were recognised) is still the same agent.
const isOwn = (row: CampaignRow, asker: CampaignAsker): boolean =>
  row.tenant === asker.tenant &&
  row.crm_account_id === asker.accountId &&
  row.source === "smart_list" &&
  (row.crm_user_id === asker.crmUserId || (row.user_id !== null && row.user_id === asker.actor.userId));

/** The agent's last campaigns, those that go on first. */
export async function recentCampaigns(deps: CampaignDeps, asker: CampaignAsker): Promise<Campaign[]> {
  const rows = await deps.db
    .selectFrom("campaigns")
    .selectAll()
    .where("tenant", "=", asker.tenant)
    .where("crm_account_id", "=", asker.accountId)
    .where("started_at", "is not", null)
    .orderBy("created_at", "desc")
    .limit(50)
    .execute();
  const own = rows.filter((row) => isOwn(row, asker));
  const rank = ({ status }: CampaignRow): number =>
    ["queueing", "running", "paused"].includes(status) ? 0 : 1;
  const shown = own.toSorted((a, b) => rank(a) - rank(b)).slice(0, SHOWN);
  const campaigns: Campaign[] = [];
  for (const row of shown) campaigns.push(await readCampaign(deps, row));
  return campaigns;
}
