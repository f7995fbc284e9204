// Drops deliveries that have been kept long enough, the oldest first. Those that still wait are never dropped, and none is
// while Follow Up Boss may still send it again: its id is what tells a repeat from a new one.
import type { Db } from "../db/schema.ts";

export interface KeepDeliveries {
  readonly now: number;
  readonly days: number;
}

const DAY_MS = 24 * 3_600_000;
/** FUB tries for up to eight hours (FUB docs: webhooks); clocks and backups may differ by more. */
const LEAST_DAYS = 7;
const MOST_ROWS = 2_000_000;
const AT_ONCE = 5_000;

/** Returns how many went. */
export async function pruneDeliveries(db: Db, keep: KeepDeliveries): Promise<number> {
  const before = keep.now - Math.max(LEAST_DAYS, keep.days) * DAY_MS;
  const newest = await db
    .selectFrom("deliveries")
    .select((select) => select.fn.max("id").as("id"))
    .executeTakeFirst();
  const upTo = Number(newest?.id ?? 0) - MOST_ROWS;
  let gone = 0;
  // Numbers go up with time, so the oldest stand first and the first young one ends it: nothing else is looked at.
  for (let after = 0; ; ) {
    const oldest = await db
      .selectFrom("deliveries")
      .select(["id", "state", "received_at"])
      .where("id", ">", after)
      .orderBy("id")
      .limit(AT_ONCE)
      .execute();
    const old = oldest.filter(({ id, received_at }) => received_at < before || id <= upTo);
    const ids = old.filter(({ state }) => state !== "waiting").map(({ id }) => id);
    if (ids.length > 0) await db.deleteFrom("deliveries").where("id", "in", ids).execute();
    gone += ids.length;
    after = oldest.at(-1)?.id ?? 0;
    if (old.length < AT_ONCE) return gone;
  }
}
