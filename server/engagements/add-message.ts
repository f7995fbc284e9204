// Takes one message into an outreach's transcript, whether it is under way or over: stored once by its id, noted in the
// CRM, and what it says of the result is kept (somebody who answered was reached). Within the caller's transaction.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import type { Trx } from "../db/schema.ts";
import { appendKeyed, type EngagementRow, type KeyedMessage, updateEngagement } from "./engagement.store.ts";
import { queueActivities } from "./queue-activities.ts";
import { refineOutcome } from "./refine-outcome.ts";
import { tellCampaign } from "./tell-campaign.ts";

export interface MessageToAdd extends KeyedMessage {
  /** What it says of the result: somebody answered, or declined. */
  readonly means?: "connected" | "not_interested";
}

/** The row afterwards; undefined when the message was there already. */
export async function addMessage(
  trx: Trx,
  row: EngagementRow,
  { means, ...message }: MessageToAdd,
  now: number,
): Promise<EngagementRow | undefined> {
  if ((await appendKeyed(trx, row.id, [message])) === 0) return undefined;
  const after = means === undefined ? row : await refine(trx, row, means, now);
  await queueActivities(trx, after, { newMessages: 1, resultChanged: false, conversing: true }, now);
  return after;
}

/** An outreach that is over may turn out better or worse by what is heard later; one under way has no result yet. */
export async function refine(
  trx: Trx,
  row: EngagementRow,
  said: string,
  now: number,
): Promise<EngagementRow> {
  if (!isTerminal(row.status as EngagementStatus)) return row;
  const outcome = refineOutcome(row.outcome, said);
  if (outcome === row.outcome) return row;
  await updateEngagement(trx, row.id, { outcome }, now);
  await tellCampaign(trx, row, now);
  return { ...row, outcome };
}
