// Drops ledger rows after five years, longer than anybody may still ask about a call (the TCPA's claims end after four). The
// suppression list is never dropped. Called by the daily cleaning.
import type { Db } from "../db/schema.ts";

const KEPT_MS = 5 * 366 * 86_400_000;
const AT_ONCE = 5_000;

/** Returns how many went. */
export async function pruneLedger(db: Db, now: number): Promise<number> {
  const before = now - KEPT_MS;
  let gone = 0;
  // Ids go up with time, so the oldest stand first and the first young one ends it: nothing else is looked at.
  for (let after = 0; ; ) {
    const oldest = await db
      .selectFrom("contact_ledger")
      .select(["id", "at"])
      .where("id", ">", after)
      .orderBy("id")
      .limit(AT_ONCE)
      .execute();
    const ids = oldest.filter(({ at }) => at < before).map(({ id }) => id);
    if (ids.length > 0) await db.deleteFrom("contact_ledger").where("id", "in", ids).execute();
    gone += ids.length;
    after = oldest.at(-1)?.id ?? 0;
    if (ids.length < AT_ONCE) return gone;
  }
}
