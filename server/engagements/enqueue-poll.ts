// When the carrier is asked next how an outreach stands: one job for each outreach, brought forward rather than doubled.
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";

/** `at`: epoch ms. */
export async function enqueuePoll(trx: Trx, engagementId: string, at: number, now: number): Promise<void> {
  const options = { now, runAt: at, dedupeKey: `poll:${engagementId}`, bringForward: true };
  await enqueue(trx, "poll-engagement", { engagement_id: engagementId }, options);
}
