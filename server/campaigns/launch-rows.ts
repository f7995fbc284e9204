// Sends held engagements on their way: each with a launch job of its own, or in chunks where the provider takes many.
import { randomUUID } from "node:crypto";
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { CampaignRow } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import type { HeldRow } from "./wait-for-hours.ts";

/** Below single starts (100): whoever asked for one person waits in person. */
const CAMPAIGN_PRIORITY = 90;

export async function launchRows(
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
  rows: readonly HeldRow[],
): Promise<void> {
  const now = deps.clock.now();
  const chunks = new Map<string, string[]>();
  for (const { id, provider } of rows) {
    if (deps.providers.get(provider).bulk) chunks.set(provider, [...(chunks.get(provider) ?? []), id]);
    else await launchOne(trx, id, now);
  }
  for (const ids of chunks.values()) await launchChunk(trx, campaign, ids, now);
}

async function launchOne(trx: Trx, id: string, now: number): Promise<void> {
  await trx
    .updateTable("engagements")
    .set({ campaign_state: "released", updated_at: now })
    .where("id", "=", id)
    .execute();
  await enqueue(
    trx,
    "launch-engagement",
    { engagement_id: id },
    { now, dedupeKey: `launch:${id}`, priority: CAMPAIGN_PRIORITY, bringForward: true },
  );
}

/** What an engagement's provider_ref says between its release in a chunk and the provider's answer. */
export const chunkReference = (chunk: string): string => `chunk:${chunk}`;

async function launchChunk(
  trx: Trx,
  campaign: CampaignRow,
  ids: readonly string[],
  now: number,
): Promise<void> {
  const chunk = randomUUID();
  await trx
    .updateTable("engagements")
    .set({ campaign_state: "released", provider_ref: chunkReference(chunk), updated_at: now })
    .where("id", "in", [...ids])
    .execute();
  await enqueue(
    trx,
    "hand-over-chunk",
    { campaign_id: campaign.id, chunk },
    // One after the other: a provider that asks to slow down is not asked by the next chunk meanwhile.
    { now, dedupeKey: `chunk:${chunk}`, groupKey: `bulk:${campaign.tenant}` },
  );
}
