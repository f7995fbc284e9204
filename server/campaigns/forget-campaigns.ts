// Drops reviews nobody started. What was started is kept: it is who was contacted and why.
import type { Db, DbOrTrx } from "../db/schema.ts";

export async function forgetCampaign(db: DbOrTrx, id: string): Promise<void> {
  await db.deleteFrom("campaign_members").where("campaign_id", "=", id).execute();
  await db.deleteFrom("campaign_counts").where("campaign_id", "=", id).execute();
  await db.deleteFrom("campaigns").where("id", "=", id).execute();
}

/** Reviews made before `before` (epoch ms) and never started. Returns how many went. */
export async function forgetOldReviews(db: Db, before: number): Promise<number> {
  const old = await db
    .selectFrom("campaigns")
    .select("id")
    .where("started_at", "is", null)
    .where("updated_at", "<", before)
    .limit(200)
    .execute();
  for (const { id } of old) await db.transaction().execute((trx) => forgetCampaign(trx, id));
  return old.length;
}
