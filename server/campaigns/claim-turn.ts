// What one campaign would like to send out now on a channel: who is next in its line, and how many its own pace allows.
import type { Trx } from "../db/schema.ts";
import type { CampaignRow } from "./campaign.store.ts";
import { paceAllowance } from "./pace-limits.ts";
import type { Claimant } from "./share-slots.ts";
import type { ClosedUntil, HeldRow } from "./wait-for-hours.ts";

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
  /** Of one agent's list, where the agent takes part in person; null: not limited. */
  readonly perAgent: (type: string) => number | null;
  readonly closedUntil: ClosedUntil;
  readonly now: number;
}

export async function claimTurn(trx: Trx, campaign: CampaignRow, question: TurnQuestion): Promise<Turn> {
  const { active, now } = question;
  const inLine = await nextOpen(trx, campaign, question);
  const rows = isWorthAChunk(campaign, inLine.length, question) ? inLine : [];
  const pace = paceAllowance(campaign.pace_per_minute, campaign.last_release_at, now);
  const room = Math.max(0, placesOf(campaign, question.perAgent) - active);
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

/** How many of it may go on at once. Rows of a batch may be several agents', whose turns are taken one by one. */
export const placesOf = (
  { pace_at_once, source, type }: CampaignRow,
  perAgent: (type: string) => number | null,
): number =>
  Math.min(
    pace_at_once ?? Number.MAX_SAFE_INTEGER,
    (source === "smart_list" ? perAgent(type) : null) ?? Number.MAX_SAFE_INTEGER,
  );

const heldOf = (trx: Trx, campaign: CampaignRow, channel: string) =>
  trx
    .selectFrom("engagements")
    .where("campaign_id", "=", campaign.id)
    .where("campaign_state", "=", "held")
    .where("channel", "=", channel);

/** Looks over a list this often for people whose hours have begun; what is left is looked at with the next turn. */
const MOST_LOOKS = 50;

// Whoever may not be reached at this hour waits for theirs, and the next are looked at.
async function nextOpen(trx: Trx, campaign: CampaignRow, question: TurnQuestion): Promise<HeldRow[]> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const rows = await nextInLine(trx, campaign, question);
    const closed = rows.flatMap(({ id, ...row }) => {
      const until = question.closedUntil(row);
      return until === null ? [] : [{ id, until }];
    });
    if (closed.length === 0) return rows;
    for (const [until, together] of Map.groupBy(closed, (one) => one.until))
      await trx
        .updateTable("engagements")
        .set({ scheduled_at: until, updated_at: question.now })
        .where(
          "id",
          "in",
          together.map(({ id }) => id),
        )
        .execute();
  }
  return [];
}

/** At night a whole list is passed over: not one by one. */
const AT_LEAST = 100;

// Somebody paused by hand keeps the place but is passed over.
async function nextInLine(
  trx: Trx,
  campaign: CampaignRow,
  { channel, free, now }: TurnQuestion,
): Promise<HeldRow[]> {
  return heldOf(trx, campaign, channel)
    .select(["id", "provider", "contact", "person_regions"])
    .where("status", "in", ["queued", "accepted"])
    .where((where) => where.or([where("scheduled_at", "is", null), where("scheduled_at", "<=", now)]))
    .orderBy("campaign_position")
    .limit(Math.max(AT_LEAST, free + 1))
    .execute();
}

async function firstDue(
  trx: Trx,
  campaign: CampaignRow,
  { channel, now }: TurnQuestion,
): Promise<number | null> {
  const row = await heldOf(trx, campaign, channel)
    .select((select) => select.fn.min("scheduled_at").as("at"))
    .where("scheduled_at", ">", now)
    .executeTakeFirst();
  return row?.at == null ? null : Number(row.at);
}
