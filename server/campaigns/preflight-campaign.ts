// The review: reads the whole list by the very code a start without a review runs, and keeps the decisions for the start.
import type { CampaignBody } from "../../shared/campaign.schema.ts";
import { isErrorCode } from "../../shared/error-codes.ts";
import { GatewayError } from "../base/errors.ts";
import { awaitCampaign } from "./await-campaign.ts";
import { beginReading } from "./begin-reading.ts";
import { type CampaignRow, findByKey, isOutdated, isSpent } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { type CampaignAsker, campaignHash, clickKey } from "./list-request.ts";

/**
 * The campaign under review, read to its end or as far as `waitMs` allowed. The same click again goes on waiting for the
 * same review; a click that asks for something else reviews that instead.
 * @throws GatewayError as newListCampaign, campaign_changed for a click that was started with something else, crm_*.
 */
export async function preflightCampaign(
  deps: CampaignDeps,
  asker: CampaignAsker,
  body: CampaignBody,
  waitMs: number,
): Promise<CampaignRow> {
  const known = await findByKey(deps.db, clickKey(asker, body.click_id));
  const row =
    known && isSameReview(known, body, deps.clock.now()) ? known : await beginReview(deps, asker, body);
  const after = await awaitCampaign(deps, row.id, ({ status }) => status !== "checking", waitMs);
  if (after.status === "failed" && after.started_at === null) throw errorOf(after);
  return after;
}

// A review that failed, was left, or is too old to be started is made anew by the next request.
const isSameReview = (known: CampaignRow, body: CampaignBody, now: number): boolean =>
  known.request_hash === campaignHash(body) && !isSpent(known) && !isOutdated(known, now);

const beginReview = (deps: CampaignDeps, asker: CampaignAsker, body: CampaignBody): Promise<CampaignRow> =>
  beginReading(deps, asker, body, {
    status: "checking",
    stage: "reading",
    keeps: (before, now) => {
      if (isSameReview(before, body, now)) return true;
      if (before.started_at !== null && !isSpent(before)) throw new GatewayError("campaign_changed");
      return false;
    },
  });

/** What stopped a campaign, as it is told to who waits for it. */
export function errorOf(row: CampaignRow): GatewayError {
  const sentence = row.message ?? undefined;
  const code = isErrorCode(row.error_code) ? row.error_code : "internal";
  return new GatewayError(code, { ...(sentence ? { sentence } : {}), details: { batch_id: row.id } });
}
