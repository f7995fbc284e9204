// What waited in a backup that was restored, right before it goes out: whoever another copy of this gateway reached
// meanwhile is not reached again, and where nobody can know, a person decides.
import { GatewayError } from "../base/errors.ts";
import type { ChannelProvider } from "../channels/channel.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { endEngagement } from "./end-engagement.ts";
import { type EngagementRow, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { lookElsewhere } from "./find-elsewhere.ts";
import { makeOrder } from "./make-order.ts";
import { noteDecision } from "./note-decision.ts";
import { parkEngagement } from "./park-engagement.ts";

/** A tag that was added meanwhile may be heard of for so long after a restore. */
const LATE_TAGS_MS = 7 * 24 * 3_600_000;

/** True when it is settled and must not go out. @throws GatewayError to be looked for again. */
export async function meetElsewhere(
  deps: EngagementDeps,
  row: EngagementRow,
  provider: ChannelProvider,
): Promise<boolean> {
  const since = await restoredSince(deps.db, row);
  if (since === null) return false;
  const found = await ask(deps, row, provider, since);
  if (found.kind === "blind") {
    await parkEngagement(deps, row.id, found.sentence ?? NOBODY_KNOWS);
    return true;
  }
  if (found.kind === "none") {
    await updateEngagement(deps.db, row.id, { restored_at: null }, deps.clock.now());
    return false;
  }
  const now = deps.clock.now();
  await noteDecision(deps.db, row, "launch", { decision: "refused", rule: "reached_elsewhere" }, now);
  await endEngagement(deps, row.id, {
    status: "failed",
    outcome: "reached_elsewhere",
    detail: found.sentence,
  });
  return true;
}

const NOBODY_KNOWS =
  "This outreach waited in the backup that was restored, and neither the carrier nor the CRM can tell whether it was made since then. Ask, then resume it to make it, or cancel it.";

type Answer =
  | { readonly kind: "found"; readonly sentence: string }
  | { readonly kind: "none" }
  | { readonly kind: "blind"; readonly sentence?: string };

async function ask(
  deps: EngagementDeps,
  row: EngagementRow,
  provider: ChannelProvider,
  since: number,
): Promise<Answer> {
  try {
    return await lookElsewhere(deps.lookIntoCrm, provider, row, { order: makeOrder(deps, row), since });
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "provider_fate_unknown") throw error;
    return { kind: "blind", sentence: error.sentence };
  }
}

/** The moment of the backup another copy may have gone on from; null where nothing has to be looked for. */
async function restoredSince(db: DbOrTrx, row: EngagementRow): Promise<number | null> {
  if (row.restored_at !== null) return Number(row.restored_at);
  if (row.campaign_id !== null) {
    const campaign = await db
      .selectFrom("campaigns")
      .select("restored_at")
      .where("id", "=", row.campaign_id)
      .executeTakeFirst();
    return campaign?.restored_at == null ? null : Number(campaign.restored_at);
  }
  // A tag is heard of once; what it led to on the other side is in no backup.
  if (row.delivery_id === null) return null;
  const restore = await db
    .selectFrom("backup_events")
    .select(["made_at", "at"])
    .where("kind", "in", ["restore", "undo", "take_back"])
    .where("at", ">", row.created_at - LATE_TAGS_MS)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return restore ? Number(restore.made_at) : null;
}
