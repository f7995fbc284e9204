// Hands a chunk of a campaign to a provider that takes many at once (the Hub's bulk endpoint). Such a request is never
// idempotent: "launching" is saved for the whole chunk before it, and a chunk of unknown fate waits for a person.
import type { CallType } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { BulkAnswer, BulkOrder, ChannelProvider } from "../channels/channel.ts";
import type { Trx } from "../db/schema.ts";
import { endEngagement } from "../engagements/end-engagement.ts";
import { addHistory, type EngagementRow } from "../engagements/engagement.store.ts";
import type { EngagementDeps } from "../engagements/engagement-deps.ts";
import { hearFirst } from "../engagements/hear-first.ts";
import { judgeTogether } from "../engagements/judge-launch.ts";
import type { LaunchResult } from "../engagements/launch-engagement.ts";
import { makeOrder } from "../engagements/make-order.ts";
import { meetElsewhere } from "../engagements/meet-elsewhere.ts";
import { parkEngagement } from "../engagements/park-engagement.ts";
import { enqueue } from "../queue/enqueue.ts";
import { notPaused, readPause } from "../queue/outreach-pause.ts";
import { type CampaignRow, findCampaign } from "./campaign.store.ts";
import { chunkReference } from "./launch-rows.ts";
import { readRowDetails } from "./row-details.ts";

/** @throws GatewayError with a retry hint when the provider certainly took none. */
export async function handOverChunk(
  deps: EngagementDeps,
  campaignId: string,
  chunk: string,
): Promise<LaunchResult> {
  const campaign = await findCampaign(deps.db, campaignId);
  const rows = await rowsOf(deps, chunk);
  const [first] = rows;
  if (!campaign || !first) return "settled";
  const provider = deps.providers.get(first.provider);
  if (rows.some((row) => row.launch_state === "launching")) {
    await parkAll(deps, rows, UNKNOWN_AFTER_STOP);
    return "settled";
  }
  if (await readPause(deps.db)) return "paused";
  const hearAt = await hearFirst(deps, first.tenant, provider);
  if (hearAt !== null) return hearAt;
  const going: EngagementRow[] = [];
  for (const row of rows) if (!(await meetElsewhere(deps, row, provider))) going.push(row);
  const claimed = await claimAllowed(deps, going);
  if (claimed.length === 0) return (await readPause(deps.db)) ? "paused" : "settled";
  const answer = await askProvider(deps, provider, campaign, claimed);
  if (answer) await recordAnswer(deps, provider, claimed, answer);
  return "settled";
}

const UNKNOWN_AFTER_STOP =
  "The gateway stopped just while this outreach was being handed over with others, so it is not known whether it was started. Check with the provider, then resume it to start it again, or cancel it.";

/** Lost notices are not sent again (facts: the Hub's lifecycle webhook), so silence must end somewhere. */
const SILENCE_MS = 6 * 3_600_000;

async function rowsOf(deps: EngagementDeps, chunk: string): Promise<EngagementRow[]> {
  return deps.db
    .selectFrom("engagements")
    .selectAll()
    .where("provider_ref", "=", chunkReference(chunk))
    .where("campaign_state", "=", "released")
    .where("status", "in", ["accepted", "queued"])
    .orderBy("campaign_position")
    .execute();
}

// Decided and taken in one transaction: a crash in the middle leaves nothing that looks as if it had been handed over.
async function claimAllowed(
  deps: EngagementDeps,
  rows: readonly EngagementRow[],
): Promise<readonly EngagementRow[]> {
  const judged = await judgeTogether(deps, rows, claimRow);
  return rows
    .filter((_, index) => judged[index] === "go")
    .map((row) => ({ ...row, launch_state: "launching", launch_attempts: row.launch_attempts + 1 }));
}

// Only while it is still to be started: it may have been taken back or canceled since it was read.
async function claimRow(trx: Trx, { id }: EngagementRow): Promise<boolean> {
  const claimed = await trx
    .updateTable("engagements")
    .set((set) => ({ launch_state: "launching", launch_attempts: set("launch_attempts", "+", 1) }))
    .where("id", "=", id)
    .where("campaign_state", "=", "released")
    .where("status", "in", ["accepted", "queued"])
    .where("launch_state", "=", "none")
    .where(notPaused)
    .executeTakeFirst();
  return claimed.numUpdatedRows > 0n;
}

async function askProvider(
  deps: EngagementDeps,
  provider: ChannelProvider,
  campaign: CampaignRow,
  rows: readonly EngagementRow[],
): Promise<BulkAnswer | undefined> {
  try {
    return await provider.bulk?.start(await bulkOrder(deps, campaign, rows));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (error.code === "provider_fate_unknown") {
      await parkAll(deps, rows, error.sentence);
      return undefined;
    }
    await deps.db
      .updateTable("engagements")
      .set({ launch_state: "none" })
      .where(
        "id",
        "in",
        rows.map(({ id }) => id),
      )
      .where("launch_state", "=", "launching")
      .execute();
    throw error;
  }
}

async function bulkOrder(
  deps: EngagementDeps,
  campaign: CampaignRow,
  rows: readonly EngagementRow[],
): Promise<BulkOrder> {
  const members = await deps.db
    .selectFrom("campaign_members")
    .select(["position", "order_details"])
    .where("campaign_id", "=", campaign.id)
    .where(
      "position",
      "in",
      rows.map((row) => row.campaign_position ?? -1),
    )
    .execute();
  const details = new Map(members.map(({ position, order_details }) => [position, order_details]));
  return {
    tenant: campaign.tenant,
    name: campaign.name,
    type: campaign.type as CallType,
    orders: rows.map((row) => makeOrder(deps, row)),
    extras: rows.map((row) => readRowDetails(details.get(row.campaign_position ?? -1) ?? null).extras ?? {}),
  };
}

/** Until the provider's first notice about each of them, they are known there by their batch alone. */
async function recordAnswer(
  deps: EngagementDeps,
  provider: ChannelProvider,
  rows: readonly EngagementRow[],
  answer: BulkAnswer,
): Promise<void> {
  const refused = new Map(answer.refused.map(({ index, sentence }) => [rows[index]?.id, sentence]));
  const taken = rows.filter(({ id }) => !refused.has(id));
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    for (const { id } of taken) {
      await trx
        .updateTable("engagements")
        .set({ launch_state: "launched", provider_ref: `bulk:${answer.batchReference}`, updated_at: now })
        .where("id", "=", id)
        // A notice may have been faster.
        .where("launch_state", "=", "launching")
        .execute();
      const detail = `Handed to ${provider.name} with ${taken.length - 1} others (batch ${answer.batchReference})`;
      await addHistory(trx, id, [{ at: now, event: "handed_over", detail }]);
      // A notice brings this forward; a provider that says nothing at all is heard of by a person.
      await enqueue(
        trx,
        "poll-engagement",
        { engagement_id: id },
        { now, runAt: now + SILENCE_MS, dedupeKey: `poll:${id}` },
      );
    }
  });
  for (const { id } of rows) {
    const detail = refused.get(id);
    if (detail !== undefined) await endEngagement(deps, id, { status: "failed", outcome: "failed", detail });
  }
  const [first] = rows;
  if (first && answer.queued !== taken.length) {
    await deps.journal.add(deps.db, {
      event: "campaign.bulk_mismatch",
      severity: "warn",
      message: `${provider.name} says it took ${answer.queued} of ${rows.length} rows, but named ${answer.refused.length} it did not take`,
      tenant: first.tenant,
      detail: { batch_id: first.campaign_id, provider_batch: answer.batchReference },
    });
  }
}

async function parkAll(deps: EngagementDeps, rows: readonly EngagementRow[], reason: string): Promise<void> {
  for (const { id } of rows) await parkEngagement(deps, id, reason, (now) => now.launch_state === "launched");
}

/** The chunk could not be handed over at all. */
export async function failChunk(deps: EngagementDeps, chunk: string, sentence: string): Promise<void> {
  const rows = await rowsOf(deps, chunk);
  const unclear = rows.filter(({ launch_state }) => launch_state === "launching");
  await parkAll(deps, unclear, `It is not known whether this outreach was started: ${sentence}`);
  for (const { id, launch_state } of rows) {
    if (launch_state === "launching") continue;
    const detail = `It could not be started: ${sentence}`;
    await endEngagement(deps, id, { status: "failed", outcome: "failed", detail });
  }
}
