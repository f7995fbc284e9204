// Opens a Smart List campaign and asks for its list to be read: for a review, or to start with whoever it holds. A click
// has one campaign at a time; what it had before may be kept, be in the way, or be forgotten.
import type { CampaignBody } from "../../shared/campaign.schema.ts";
import type { Trx } from "../db/schema.ts";
import { type CampaignRow, findByKey } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { enqueueReading } from "./enqueue-steps.ts";
import { forgetCampaign } from "./forget-campaigns.ts";
import { type CampaignAsker, newListCampaign } from "./list-request.ts";
import { openCampaignRow } from "./open-campaign-row.ts";

export interface Opening {
  readonly status: "checking" | "queueing";
  readonly stage: "reading" | "reading_and_queueing";
  /** Is the click's earlier campaign the answer? @throws GatewayError where it must not be replaced. */
  readonly keeps: (before: CampaignRow, now: number) => boolean;
  /** Within the transaction that stores it. */
  readonly tell?: (trx: Trx, row: CampaignRow) => Promise<void>;
}

/** The click's campaign. @throws GatewayError as newListCampaign. */
export async function beginReading(
  deps: CampaignDeps,
  asker: CampaignAsker,
  body: CampaignBody,
  { status, stage, keeps, tell }: Opening,
): Promise<CampaignRow> {
  const asked = await newListCampaign(deps, asker, body);
  const now = deps.clock.now();
  const row = openCampaignRow({ ...asked, status, stage }, now);
  const kept = await deps.db.transaction().execute(async (trx) => {
    const before = await findByKey(trx, row.campaign_key);
    if (before && keeps(before, now)) return before;
    if (before) await forgetCampaign(trx, before.id);
    await trx.insertInto("campaigns").values(row).execute();
    await enqueueReading(trx, row, now);
    await tell?.(trx, row);
    return row;
  });
  deps.nudge();
  return kept;
}
