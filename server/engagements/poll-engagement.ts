// Asks the provider how a running engagement stands. Notices may be lost; polling is what ends it for certain. One that is
// over is asked about while messages that followed it are on their way.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { type EngagementRow, findEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { makeOrder } from "./make-order.ts";
import { recordSnapshot } from "./record-snapshot.ts";

/**
 * Takes in what the provider says now, also of an outreach that is over: a message may come back after it was delivered.
 * @throws GatewayError of the provider.
 */
export async function pollNow(deps: EngagementDeps, engagementId: string): Promise<void> {
  const row = await findEngagement(deps.db, engagementId);
  if (!row || row.provider_ref === null) return;
  const answer = await deps.providers.get(row.provider).poll(makeOrder(deps, row), row.provider_ref);
  await recordSnapshot(deps, engagementId, { snapshot: answer.snapshot });
}

/** When to ask again (epoch ms), or null when there is nothing more to ask. @throws GatewayError of the provider. */
export async function pollEngagement(deps: EngagementDeps, engagementId: string): Promise<number | null> {
  const row = await findEngagement(deps.db, engagementId);
  if (!row || row.provider_ref === null || !(await mayChange(deps, row))) return null;
  const answer = await deps.providers.get(row.provider).poll(makeOrder(deps, row), row.provider_ref);
  // Paused or resumed meanwhile: that has its own reference and its own poll.
  const current = await findEngagement(deps.db, engagementId);
  if (current?.provider_ref !== row.provider_ref) return null;
  const after = await recordSnapshot(deps, engagementId, {
    snapshot: answer.snapshot,
    change: { provider_ref: answer.reference },
  });
  return after && (await mayChange(deps, after)) ? answer.nextPollAt : null;
}

/** Carriers drop a message after an hour at the latest, and say so a little later. */
const ON_ITS_WAY_MS = 2 * 3_600_000;

async function mayChange({ db, clock }: EngagementDeps, { id, status }: EngagementRow): Promise<boolean> {
  if (!isTerminal(status as EngagementStatus)) return true;
  const lately = await db
    .selectFrom("outgoing_messages")
    .select("id")
    .where("engagement_id", "=", id)
    .where("state", "=", "sent")
    .where("settled_at", ">", clock.now() - ON_ITS_WAY_MS)
    .limit(1)
    .executeTakeFirst();
  return lately !== undefined;
}
