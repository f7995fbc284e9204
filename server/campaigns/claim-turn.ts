// What one campaign would like to send out now on a channel: who is next in its line, and how many its own pace allows.
import type { Trx } from "../db/schema.ts";
import type { CampaignRow } from "./campaign.store.ts";
import { paceAllowance } from "./pace-limits.ts";
import type { Claimant } from "./share-slots.ts";

export interface HeldRow {
  readonly id: string;
  readonly provider: string;
}

export interface Turn extends Claimant {
  readonly campaign: CampaignRow;
  /** Next in line; one more than there are places tells that somebody is left waiting. */
  readonly rows: readonly HeldRow[];
  /** Nobody is due yet, but somebody will be then; null otherwise. */
  readonly dueAt: number | null;
}

export interface TurnQuestion {
  readonly channel: string;
  /** Of this campaign on the channel. */
  readonly active: number;
  /** Places there are for all campaigns. */
  readonly free: number;
  /** How many the channel's provider is given together; null: one by one. */
  readonly chunk: number | null;
  readonly now: number;
}

export async function claimTurn(trx: Trx, campaign: CampaignRow, question: TurnQuestion): Promise<Turn> {
  const { active, now } = question;
  const inLine = await nextInLine(trx, campaign, question);
  const rows = isWorthAChunk(campaign, inLine.length, question) ? inLine : [];
  const pace = paceAllowance(campaign.pace_per_minute, campaign.last_release_at, now);
  const room = Math.max(0, placesOf(campaign) - active);
  return {
    campaign,
    rows,
    active,
    waiting: rows.length,
    most: Math.min(pace.now, room),
    dueAt: rows.length > 0 ? null : await firstDue(trx, campaign, question),
  };
}

// While more people are still being put in line, a chunk waits until it is full.
const isWorthAChunk = ({ stage }: CampaignRow, inLine: number, { chunk, free }: TurnQuestion): boolean =>
  chunk === null || stage === "queued" || inLine >= Math.min(chunk, free);

/** How many of it may go on at once. */
export const placesOf = ({ pace_at_once }: CampaignRow): number => pace_at_once ?? Number.MAX_SAFE_INTEGER;

const heldOf = (trx: Trx, campaign: CampaignRow, channel: string) =>
  trx
    .selectFrom("engagements")
    .where("campaign_id", "=", campaign.id)
    .where("campaign_state", "=", "held")
    .where("channel", "=", channel);

// Somebody paused by hand keeps the place but is passed over.
async function nextInLine(
  trx: Trx,
  campaign: CampaignRow,
  { channel, free, now }: TurnQuestion,
): Promise<HeldRow[]> {
  return heldOf(trx, campaign, channel)
    .select(["id", "provider"])
    .where("status", "in", ["queued", "accepted"])
    .where((where) => where.or([where("scheduled_at", "is", null), where("scheduled_at", "<=", now)]))
    .orderBy("campaign_position")
    .limit(Math.max(0, free) + 1)
    .execute();
}

async function firstDue(
  trx: Trx,
  campaign: CampaignRow,
  { channel, now }: TurnQuestion,
): Promise<number | null> {
  // Only rows of a batch carry times of their own.
  if (campaign.source === "smart_list") return null;
  const row = await heldOf(trx, campaign, channel)
    .select((select) => select.fn.min("scheduled_at").as("at"))
    .where("scheduled_at", ">", now)
    .executeTakeFirst();
  return row?.at == null ? null : Number(row.at);
}
