// Lets the next people of the campaigns go: as many as their channel and their campaign have room for, the campaigns
// taking turns. What is released has its launch job in the same transaction.
import { CHANNELS, type Channel } from "../../shared/values.ts";
import type { Trx } from "../db/schema.ts";
import type { PaceScope } from "../engagements/tell-campaign.ts";
import { type CampaignRow, isGoingOn, openCampaigns, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { claimTurn, placesOf, type Turn } from "./claim-turn.ts";
import { launchRows } from "./launch-rows.ts";
import { lastRelease, rememberRelease } from "./pace.store.ts";
import { type Allowance, channelLimits, paceAllowance, paceMark } from "./pace-limits.ts";
import { shareSlots } from "./share-slots.ts";
import { closedUntil } from "./wait-for-hours.ts";

/** When to look again though nothing ended meanwhile, epoch ms; null when only an end makes room. */
export async function releaseHeld(deps: CampaignDeps, scope: PaceScope): Promise<number | null> {
  return deps.db.transaction().execute(async (trx) => {
    const campaigns = await openCampaigns(trx, scope);
    if (!campaigns.some(isGoingOn)) return null;
    const active = await activeBy(trx, campaigns);
    const times: number[] = [];
    for (const channel of CHANNELS) {
      const waiting = campaigns.filter((one) => isGoingOn(one) && (one.channel ?? channel) === channel);
      if (waiting.length === 0) continue;
      const of = (campaign: CampaignRow): number => active.get(activeKey(campaign.id, channel)) ?? 0;
      const busy = campaigns.reduce((sum, campaign) => sum + of(campaign), 0);
      times.push(...(await releaseOn(deps, trx, { scope, channel, waiting, busy, of })));
    }
    return times.length === 0 ? null : Math.max(deps.clock.now() + 1, Math.min(...times));
  });
}

const activeKey = (campaignId: string, channel: string): string => `${campaignId}/${channel}`;

// Set aside for a person: nothing goes on there, so it takes nobody's place.
async function activeBy(trx: Trx, campaigns: readonly CampaignRow[]): Promise<ReadonlyMap<string, number>> {
  const ids = campaigns.map(({ id }) => id);
  const rows = await trx
    .selectFrom("engagements")
    .select((select) => ["campaign_id", "channel", select.fn.countAll<number>().as("n")])
    .where("campaign_id", "in", ids)
    .where("campaign_state", "=", "released")
    .where("status", "!=", "paused")
    .groupBy(["campaign_id", "channel"])
    .execute();
  return new Map(rows.map((row) => [activeKey(row.campaign_id ?? "", row.channel), Number(row.n)]));
}

interface Releasing {
  readonly scope: PaceScope;
  readonly channel: Channel;
  /** Campaigns with somebody to send out on the channel, perhaps. */
  readonly waiting: readonly CampaignRow[];
  /** Going on on the channel, of all campaigns. */
  readonly busy: number;
  readonly of: (campaign: CampaignRow) => number;
}

/** Moments at which more may be released. */
async function releaseOn(deps: CampaignDeps, trx: Trx, releasing: Releasing): Promise<number[]> {
  const { scope, channel, waiting, busy, of } = releasing;
  const now = deps.clock.now();
  const limits = channelLimits(deps, scope.tenant, channel);
  const mark = await lastRelease(trx, scope, channel);
  const allowance = paceAllowance(limits.perMinute, mark, now);
  const free = Math.max(0, Math.min(limits.atOnce - busy, limits.chunk ?? allowance.now, allowance.now));
  const closed = closedUntil(deps, scope.tenant, channel);
  const turns: Turn[] = [];
  for (const campaign of waiting)
    turns.push(
      await claimTurn(trx, campaign, {
        channel,
        free,
        ...limits,
        closedUntil: closed,
        active: of(campaign),
        now,
      }),
    );
  const given = shareSlots(free, turns);
  const used = await release(deps, trx, turns, given, now);
  const after = used > 0 ? paceMark(limits.perMinute, mark, now, used) : mark;
  if (used > 0 && after !== null) await rememberRelease(trx, scope, channel, after);
  const hasPlaces = limits.atOnce > busy + used;
  const room = hasPlaces ? paceAllowance(limits.perMinute, after, now) : null;
  return nextLooks(turns, given, { room, perAgent: limits.perAgent }, now);
}

async function release(
  deps: CampaignDeps,
  trx: Trx,
  turns: readonly Turn[],
  given: readonly number[],
  now: number,
): Promise<number> {
  let used = 0;
  for (const [index, { campaign, rows }] of turns.entries()) {
    const going = rows.slice(0, given[index] ?? 0);
    if (going.length === 0) continue;
    used += going.length;
    await launchRows(deps, trx, campaign, going);
    await updateCampaign(trx, campaign.id, { last_release_at: markAfter(campaign, now, going.length) }, now);
  }
  return used;
}

const markAfter = ({ pace_per_minute, last_release_at }: CampaignRow, now: number, given: number): number =>
  paceMark(pace_per_minute, last_release_at, now, given);

interface ChannelAfter {
  /** What its pace allows after this round, or null when its places are taken and an end is waited for. */
  readonly room: Allowance | null;
  readonly perAgent: (type: string) => number | null;
}

/** When each of those left waiting may go on: as late as the slower of channel and campaign says. */
function nextLooks(
  turns: readonly Turn[],
  given: readonly number[],
  { room, perAgent }: ChannelAfter,
  now: number,
): number[] {
  return turns.flatMap(({ campaign, active, rows, dueAt }, index) => {
    if (dueAt !== null) return [dueAt];
    const got = given[index] ?? 0;
    if (room === null || rows.length <= got || active + got >= placesOf(campaign, perAgent)) return [];
    const mark = got > 0 ? markAfter(campaign, now, got) : campaign.last_release_at;
    const own = paceAllowance(campaign.pace_per_minute, mark, now);
    return [Math.max(opensAt(room, now), opensAt(own, now))];
  });
}

const opensAt = (allowance: Allowance, now: number): number =>
  allowance.now > 0 ? now : (allowance.nextAt ?? now);
