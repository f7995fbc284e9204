// Starts a campaign: exactly the people of its review, or, without one, whoever the list holds as it is read. Answers as
// soon as the first page is in line.

import type { CampaignBody } from "../../shared/campaign.schema.ts";
import { GatewayError } from "../base/errors.ts";
import type { Trx } from "../db/schema.ts";
import { checkType } from "../engagements/check-type.ts";
import { refuseMoved } from "../engagements/refuse-moved.ts";
import { enqueuePace } from "../engagements/tell-campaign.ts";
import { awaitCampaign } from "./await-campaign.ts";
import { beginReading } from "./begin-reading.ts";
import { type CampaignRow, findByKey, isOutdated, isSpent, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { enqueueQueueing } from "./enqueue-steps.ts";
import { type CampaignAsker, campaignHash, clickKey, requireCampaigns } from "./list-request.ts";
import { errorOf } from "./preflight-campaign.ts";
import { queueMembers } from "./queue-members.ts";

/** How long an answer waits for a review under way, or for the first page. */
const WAIT_MS = 50_000;

/**
 * The started campaign; the same click again is the same campaign.
 * @throws GatewayError as newListCampaign, campaign_changed, review_expired, campaign_empty, crm_*.
 */
export async function startCampaign(
  deps: CampaignDeps,
  asker: CampaignAsker,
  body: CampaignBody,
): Promise<CampaignRow> {
  checkType(body.channel, body.call_type, "call_type");
  await refuseMoved(deps.db);
  requireCampaigns(deps, asker.tenant, asker.actor.actsWith);
  const known = await findByKey(deps.db, clickKey(asker, body.click_id));
  if (known && !isSpent(known) && known.request_hash !== campaignHash(body))
    throw new GatewayError("campaign_changed");
  const begun = known && !isSpent(known) ? known : await beginUnreviewed(deps, asker, body);
  if (begun.started_at === null) return startReviewed(deps, begun.id);
  return firstPage(deps, begun);
}

async function startReviewed(deps: CampaignDeps, id: string): Promise<CampaignRow> {
  const reviewed = await awaitCampaign(deps, id, ({ status }) => status !== "checking", WAIT_MS);
  if (reviewed.status === "failed") throw errorOf(reviewed);
  if (reviewed.status === "checking")
    throw new GatewayError("wrong_state", {
      sentence: "The list is still being read. Wait for the review to finish, then start.",
    });
  const started = await deps.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom("campaigns").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) throw new GatewayError("campaign_not_found");
    // Pressed twice: the other one has started it.
    if (row.started_at !== null) return row;
    if (row.status !== "checked") throw new GatewayError("campaign_changed");
    return queueReviewed(deps, trx, row);
  });
  deps.bus.emit("campaign:changed", { campaignId: id, tenant: started.tenant });
  deps.nudge();
  return started;
}

async function queueReviewed(deps: CampaignDeps, trx: Trx, row: CampaignRow): Promise<CampaignRow> {
  const now = deps.clock.now();
  if (isOutdated(row, now)) throw new GatewayError("review_expired");
  if (row.will_queue === 0) throw new GatewayError("campaign_empty");
  const change = { status: "queueing", stage: "queueing", started_at: now } as const;
  await updateCampaign(trx, row.id, change, now);
  const queued = await queueMembers(deps, trx, { ...row, ...change });
  if (queued.stage === "queueing") await enqueueQueueing(trx, row.id, now);
  await enqueuePace(trx, row, now, 0);
  await tellStarted(deps, trx, row);
  return queued;
}

const beginUnreviewed = (
  deps: CampaignDeps,
  asker: CampaignAsker,
  body: CampaignBody,
): Promise<CampaignRow> =>
  beginReading(deps, asker, body, {
    status: "queueing",
    stage: "reading_and_queueing",
    keeps: (before) => !isSpent(before),
    tell: (trx, row) => tellStarted(deps, trx, row),
  });

// A failure before anybody was in line is the start's own answer; later ones are the campaign's.
async function firstPage(deps: CampaignDeps, begun: CampaignRow): Promise<CampaignRow> {
  const stood = (row: CampaignRow): boolean => row.queued > 0 || row.status !== "queueing";
  const row = await awaitCampaign(deps, begun.id, stood, WAIT_MS);
  if (row.status === "failed" && row.queued === 0) throw errorOf(row);
  return row;
}

async function tellStarted(deps: CampaignDeps, trx: Trx, row: CampaignRow): Promise<void> {
  const people = row.stage === "read" ? `: ${row.will_queue} people` : "";
  await deps.journal.add(trx, {
    event: "campaign.started",
    message: `The campaign “${row.name}” was started${people}`,
    tenant: row.tenant,
    userId: row.user_id,
    channel: row.channel,
    detail: { batch_id: row.id },
  });
}
