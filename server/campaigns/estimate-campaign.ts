// How long a campaign still takes: reading the list, reaching people at the channel's pace and within their hours, writing
// the records at Follow Up Boss's limits. Reaching and writing go on side by side, so the longer of the two counts.
import { type Channel, isVoice } from "../../shared/values.ts";
import type { CrmLane } from "../crm/crm.ts";
import { estimateWaitMs } from "../crm/estimate-wait.ts";

export interface CampaignLoad {
  /** Pages of the list still to be read. */
  readonly pages: number;
  /** People still to be reached. */
  readonly people: number;
  /** How many of them may not be reached yet, and in how many ms the first and the last of those may be. */
  readonly later: { readonly people: number; readonly firstMs: number; readonly lastMs: number };
  readonly channel: Channel;
  /** One outreach from start to end. */
  readonly usualMs: number;
  readonly atOnce: number;
  /** null: not limited. */
  readonly perMinute: number | null;
  /** Does anything get written to the CRM for it? */
  readonly writes: boolean;
  /** Records waiting already for the account, other work included. */
  readonly backlog: number;
}

/** Limits of an account nothing is known about yet (FUB docs: rate limiting, registered system). */
const USUAL = { notes: 10, global: 250 } as const;
const WINDOW_MS = 10_000;
/** An answer of the CRM over the internet. */
const PAGE_MS = 300;

/** Milliseconds; 0 when nothing is left. `lanes` of the acting account. */
export function estimateCampaignMs(load: CampaignLoad, lanes: readonly CrmLane[]): number {
  const reading = Math.max(load.pages * PAGE_MS, waitMs(lanes, "global", load.pages));
  const reaching = reachingMs(load);
  const records = (load.writes ? load.people : 0) + load.backlog;
  const writing = waitMs(lanes, isVoice(load.channel) ? "global" : "notes", records);
  const working = load.pages > 0 ? reading + Math.max(reaching, writing) : Math.max(reaching, writing);
  return Math.max(working, waitingMs(load));
}

/** Until whoever waits for their hours, or for a time of their own, has been reached as well. */
function waitingMs({ later, ...load }: CampaignLoad): number {
  const people = Math.min(later.people, load.people);
  if (people === 0) return 0;
  return Math.max(later.firstMs + reachingMs({ ...load, people }), later.lastMs + load.usualMs);
}

function reachingMs({
  people,
  usualMs,
  atOnce,
  perMinute,
}: Pick<CampaignLoad, "people" | "usualMs" | "atOnce" | "perMinute">): number {
  if (people === 0) return 0;
  const rounds = Math.ceil(people / Math.max(1, atOnce)) * usualMs;
  return perMinute === null ? rounds : Math.max(rounds, (people / perMinute) * 60_000);
}

function waitMs(lanes: readonly CrmLane[], context: keyof typeof USUAL, waiting: number): number {
  if (waiting === 0) return 0;
  const lane = lanes.find((one) => one.context === context);
  const { limit = USUAL[context], windowMs = WINDOW_MS, used = 0 } = lane ?? {};
  return estimateWaitMs({ limit, windowMs, used, waiting });
}
