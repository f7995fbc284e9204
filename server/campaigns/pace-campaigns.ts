// The heartbeat of one account's campaigns: counts what ended, puts due retries in line, lets the next ones go, ends what
// is over. Woken by every end of an outreach; each step is a transaction of its own and may be repeated.
import type { PaceScope } from "../engagements/tell-campaign.ts";
import { readPause } from "../queue/outreach-pause.ts";
import { type CampaignRow, isGoingOn, openCampaigns } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { finishCampaign } from "./finish-campaign.ts";
import { releaseHeld } from "./release-held.ts";
import { retryMembers } from "./retry-members.ts";
import { settleEnded } from "./settle-ended.ts";

/** While outreach is paused nobody is released; going on asks for this job at once. */
const LOOK_AGAIN_MS = 60_000;

/** When to run again though nothing ended meanwhile, epoch ms; null when nothing is waited for. */
export async function paceCampaigns(deps: CampaignDeps, scope: PaceScope): Promise<number | null> {
  const touched = new Set<string>();
  const moreToCount = await settleEnded(deps, scope, touched);
  const times: number[] = moreToCount ? [deps.clock.now()] : [];
  const campaigns = await openCampaigns(deps.db, scope);
  times.push(...(await letGo(deps, scope, campaigns)));
  for (const { id } of campaigns) if (await finishCampaign(deps, id)) times.push(deps.clock.now());
  for (const { id } of campaigns) touched.add(id);
  for (const campaignId of touched) deps.bus.emit("campaign:changed", { campaignId, tenant: scope.tenant });
  deps.nudge();
  return times.length === 0 ? null : Math.min(...times);
}

/** Due retries, then whoever is next; when to look again. */
async function letGo(
  deps: CampaignDeps,
  scope: PaceScope,
  campaigns: readonly CampaignRow[],
): Promise<number[]> {
  if (campaigns.some(isGoingOn) && (await readPause(deps.db))) return [deps.clock.now() + LOOK_AGAIN_MS];
  const times: (number | null)[] = [];
  for (const campaign of campaigns) times.push(await retryMembers(deps, campaign));
  times.push(await releaseHeld(deps, scope));
  return times.filter((at) => at !== null);
}
