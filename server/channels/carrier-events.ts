// What a carrier told about an outreach, each word stored once by its key. Providers without a memory of their own keep
// their account here and report it as a whole, so that lost, doubled and disordered words lead to the same end.
import type { DbOrTrx } from "../db/schema.ts";

export interface CarrierEvent {
  /** Unique within the engagement: what makes a repeated word the same word. */
  readonly key: string;
  /** What it is about, in the provider's folder's own terms. */
  readonly kind: string;
  /** Epoch ms, by the carrier's clock where it told a time. */
  readonly at: number;
  /** JSON; parsed by whoever wrote it. */
  readonly data: unknown;
}

/** Stores those that are not there yet. Returns how many were new. */
export async function addCarrierEvents(
  db: DbOrTrx,
  engagementId: string,
  events: readonly CarrierEvent[],
): Promise<number> {
  if (events.length === 0) return 0;
  const rows = events.map(({ key, kind, at, data }) => ({
    engagement_id: engagementId,
    key,
    kind,
    at: Math.round(at),
    data: JSON.stringify(data),
  }));
  const result = await db
    .insertInto("carrier_events")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["engagement_id", "key"]).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n);
}

/** What was told of all a brokerage's outreach to a contact: to be narrowed and selected from. */
export const eventsWith = (
  db: DbOrTrx,
  { tenant, contact }: { readonly tenant: string; readonly contact: string },
) =>
  db
    .selectFrom("carrier_events")
    .innerJoin("engagements", "engagements.id", "carrier_events.engagement_id")
    .where("engagements.contact", "=", contact)
    .where("engagements.tenant", "=", tenant);

/** Everything told so far, in the order it was stored; what it means must not depend on that order. */
export async function carrierEventsOf(db: DbOrTrx, engagementId: string): Promise<CarrierEvent[]> {
  const rows = await db
    .selectFrom("carrier_events")
    .select(["key", "kind", "at", "data"])
    .where("engagement_id", "=", engagementId)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as unknown }));
}
