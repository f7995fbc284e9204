// The batches of a brokerage as integrators see them, newest first: campaigns of every source.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { fieldError } from "../base/parse.ts";
import { findCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { readCampaign } from "./read-campaign.ts";
import { skippedRows } from "./submit-rows.ts";

export interface BatchPage {
  readonly batches: readonly (Campaign & { readonly domain_name: string; readonly source: string })[];
  /** Give it as `before` for the next page; null on the last. */
  readonly next: string | null;
}

/** @throws GatewayError invalid_request when `before` is none of theirs. */
export async function listBatches(
  deps: CampaignDeps,
  tenants: readonly string[],
  page: { readonly before: string | undefined; readonly limit: number },
): Promise<BatchPage> {
  let select = deps.db
    .selectFrom("campaigns")
    .selectAll()
    .where("tenant", "in", [...tenants])
    .where("started_at", "is not", null);
  const before = page.before === undefined ? undefined : await findCampaign(deps.db, page.before);
  if (page.before !== undefined && !(before && tenants.includes(before.tenant)))
    throw fieldError("before", "must be the “next” of the page before");
  if (before) {
    select = select.where((where) =>
      where.or([
        where("created_at", "<", before.created_at),
        where.and([where("created_at", "=", before.created_at), where("id", "<", before.id)]),
      ]),
    );
  }
  const rows = await select
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const batches = [];
  for (const row of shown)
    batches.push({ ...(await readCampaign(deps, row)), domain_name: row.tenant, source: row.source });
  return { batches, next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null };
}

/** One batch, with what was wrong with its rows. @throws GatewayError campaign_not_found. */
export async function readBatch(deps: CampaignDeps, tenants: readonly string[], id: string) {
  const row = await findCampaign(deps.db, id);
  if (!row || !tenants.includes(row.tenant) || row.started_at === null)
    throw new GatewayError("campaign_not_found");
  const errors = row.source === "smart_list" ? [] : await skippedRows(deps, row.id);
  return { ...(await readCampaign(deps, row)), domain_name: row.tenant, source: row.source, errors };
}
