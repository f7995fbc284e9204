// Joins an engagement to its campaign: that it ended is written with its end, and the campaign's own job counts it.
import type { DbOrTrx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { EngagementRow } from "./engagement.store.ts";

/** Ends that come close together are counted together. */
const GATHER_MS = 40;

/** Whose campaigns are paced together: one Follow Up Boss account of one brokerage. */
export interface PaceScope {
  readonly tenant: string;
  readonly crm_account_id: string | null;
}

/** Asks for the job that counts results, releases whoever is next and ends campaigns; one at a time per scope. */
export async function enqueuePace(
  db: DbOrTrx,
  scope: PaceScope,
  now: number,
  gatherMs = GATHER_MS,
): Promise<void> {
  const { tenant, crm_account_id: account } = scope;
  await enqueue(
    db,
    "pace-campaigns",
    { tenant, account },
    { now, runAt: now + gatherMs, dedupeKey: `pace:${tenant}:${account ?? ""}`, bringForward: true },
  );
}

/** To be called where a result was written: its end, or an outcome that came later. Nothing outside campaigns. */
export async function tellCampaign(trx: DbOrTrx, row: EngagementRow, now: number): Promise<void> {
  if (row.campaign_id === null) return;
  await trx.updateTable("engagements").set({ campaign_state: "ended" }).where("id", "=", row.id).execute();
  await wakeCampaign(trx, row, now);
}

/** To be called where an outreach gave its place free without a result. Nothing outside campaigns. */
export async function wakeCampaign(
  trx: DbOrTrx,
  row: Pick<EngagementRow, "campaign_id">,
  now: number,
): Promise<void> {
  if (row.campaign_id === null) return;
  const campaign = await trx
    .selectFrom("campaigns")
    .select(["tenant", "crm_account_id"])
    .where("id", "=", row.campaign_id)
    .executeTakeFirst();
  // A batch's rows may act in other accounts than the batch itself.
  if (campaign) await enqueuePace(trx, campaign, now);
}
