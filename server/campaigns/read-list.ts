// Reads a campaign's Smart List page by page. While one page is stored the next is already on its way: the cursor of the
// next page is known as soon as a page is there, so the list is read as fast as Follow Up Boss and its limit allow.
import { setImmediate as breathe } from "node:timers/promises";
import { GatewayError } from "../base/errors.ts";
import type { CrmCallOptions, CrmListPage } from "../crm/crm.ts";
import type { Db } from "../db/schema.ts";
import { requireAccess } from "../engagements/require-access.ts";
import { type CampaignRow, findCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { isReading, storePage } from "./store-page.ts";

/** Pages per run of the job; then others may have its place, and a stopping gateway waits for less. */
const PAGES_PER_RUN = 50;

/** "more": run again at once. @throws GatewayError crm_*, smart_list_not_found, campaign_empty. */
export async function readList(
  deps: CampaignDeps,
  campaignId: string,
  signal: AbortSignal,
): Promise<"done" | "more"> {
  let campaign = await findCampaign(deps.db, campaignId);
  const turn = campaign ? everyPage(deps, campaign) : async (): Promise<void> => undefined;
  let ahead: Promise<CrmListPage> | undefined;
  for (let pages = 0; campaign && isReading(campaign); pages++) {
    if (pages >= PAGES_PER_RUN || signal.aborted) return "more";
    const page = await (ahead ?? fetchPage(deps, campaign, campaign.cursor, signal));
    const isLastOfRun = pages + 1 >= PAGES_PER_RUN;
    await turn();
    ahead = page.next === null || isLastOfRun ? undefined : fetchPage(deps, campaign, page.next, signal);
    // Whoever waits for it next hears of its failure; until then it must not count as unhandled.
    ahead?.catch(() => undefined);
    const after = await storePage(deps, campaign, page);
    // A list that is read again begins at its start, not where the page ahead was asked for.
    if (after && after.cursor !== page.next) ahead = undefined;
    campaign = after;
    // Pages of people are long to take apart: whoever opens an app meanwhile goes first.
    await breathe();
  }
  return "done";
}

/**
 * Waits for the next page's turn: pages come as evenly as the account's limit allows for long. All at once would be no
 * sooner over for a large list, and meanwhile whoever opens an app would wait for it.
 */
function everyPage(deps: CampaignDeps, campaign: CampaignRow): () => Promise<void> {
  const lane = deps.crm
    .lanes()
    .find(({ account, context }) => account === campaign.crm_account_id && context === "global");
  const gap = lane ? (lane.windowMs / lane.limit) * BEFORE_ITS_TIME : USUAL_GAP_MS;
  let last = deps.clock.monotonic();
  return async () => {
    const wait = last + gap - deps.clock.monotonic();
    if (wait > 1) await deps.clock.sleep(Math.round(wait));
    last = Math.max(last + gap, deps.clock.monotonic() - gap);
  };
}

/** A page asked for a little early makes up for one that was late. */
const BEFORE_ITS_TIME = 0.95;
/** 250 requests in ten seconds (FUB docs: rate limiting). */
const USUAL_GAP_MS = 38;

/** Read for a review, whose page somebody looks at. */
export async function isBeingReviewed(db: Db, campaignId: string): Promise<boolean> {
  return (await findCampaign(db, campaignId))?.status === "checking";
}

async function fetchPage(
  deps: CampaignDeps,
  campaign: CampaignRow,
  cursor: string | null,
  signal: AbortSignal,
): Promise<CrmListPage> {
  const access = requireAccess(deps.settings, campaign.tenant, campaign.acts_with);
  const options: CrmCallOptions = { access, priority: "listing", timeoutMs: 45_000, signal };
  try {
    return await deps.crm.smartListPage(campaign.smart_list_id ?? "", cursor, options);
  } catch (error) {
    // It stood among the agent's lists a moment ago: deleted, or no longer shared.
    if (error instanceof GatewayError && error.code === "crm_not_found")
      throw new GatewayError("smart_list_not_found", { cause: error });
    throw error;
  }
}
