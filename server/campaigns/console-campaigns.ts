// Campaigns as the console sees them: all of a brokerage's, one with its way from the list to the outcomes.
import type { Campaign, CampaignStatus } from "../../shared/campaign.schema.ts";
import type {
  CampaignDetail,
  CampaignList,
  CampaignsQuery,
  ConsoleCampaign,
} from "../../shared/console/campaigns.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { type CampaignRow, findCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { chartResults } from "./chart-results.ts";
import { readCampaign } from "./read-campaign.ts";
import { saySkipped } from "./say-skipped.ts";

const OPEN: readonly CampaignStatus[] = ["checking", "queueing", "running", "paused"];

/** Newest first. Reviews nobody started are not shown, unless they are being made. */
export async function listForConsole(deps: CampaignDeps, query: CampaignsQuery): Promise<CampaignList> {
  let select = deps.db.selectFrom("campaigns").selectAll().where("status", "!=", "checked");
  if (query.tenant) select = select.where("tenant", "=", query.tenant);
  if (query.show === "open") select = select.where("status", "in", [...OPEN]);
  const [at, id] = (query.before ?? "").split(".");
  if (at && id)
    select = select.where((where) =>
      where.or([
        where("created_at", "<", Number(at)),
        where.and([where("created_at", "=", Number(at)), where("id", "<", id)]),
      ]),
    );
  const rows = await select
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(query.limit + 1)
    .execute();
  const shown = rows.slice(0, query.limit);
  const campaigns: ConsoleCampaign[] = [];
  for (const row of shown) campaigns.push(describe(deps, row, await readCampaign(deps, row)));
  const last = shown.at(-1);
  return { campaigns, next: rows.length > shown.length && last ? `${last.created_at}.${last.id}` : null };
}

/** @throws GatewayError campaign_not_found. */
export async function readForConsole(deps: CampaignDeps, id: string): Promise<CampaignDetail> {
  const row = await findCampaign(deps.db, id);
  if (!row) throw new GatewayError("campaign_not_found");
  const campaign = await readCampaign(deps, row);
  return {
    campaign: describe(deps, row, campaign),
    funnel: [
      { id: "list", label: "On the list", n: campaign.total },
      { id: "queued", label: "In line", n: Math.max(campaign.queued_calls, campaign.will_queue) },
      { id: "over", label: "Done", n: campaign.done },
      { id: "reached", label: "Reached", n: reached(campaign) },
    ],
    left_out: Object.entries(campaign.skipped)
      .map(([reason, n]) => ({ reason, label: saySkipped(reason) ?? reason, n }))
      .toSorted((a, b) => b.n - a.n || a.reason.localeCompare(b.reason)),
    chart: await chartResults(deps.db, row),
  };
}

function describe(deps: CampaignDeps, row: CampaignRow, campaign: Campaign): ConsoleCampaign {
  const agent = deps.settings.tenant(row.tenant)?.users.find((user) => user.id === row.user_id);
  return { ...campaign, domain_name: row.tenant, source: row.source, by: agent?.name || row.user_id };
}

const REACHED = ["connected", "delivered", "completed", "not_interested"];
const reached = ({ outcomes }: Campaign): number =>
  REACHED.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0);
