// The one switch that keeps everything new from going out, for the whole gateway. It is a row in the database, so a restart
// changes nothing. Whoever hands something to a provider looks at it in the same statement that claims the outreach; the
// worker leaves the lane of the launches alone while it is on.
import type { ExpressionBuilder } from "kysely";
import type { Database, DbOrTrx } from "../db/schema.ts";

/** The lane of all work that hands outreach to providers. */
export const OUTREACH_LANE = "outreach:all";
const SCOPE = "all";

export interface OutreachPause {
  readonly by: string;
  /** Epoch ms. */
  readonly since: number;
}

export async function readPause(db: DbOrTrx): Promise<OutreachPause | null> {
  const row = await db
    .selectFrom("outreach_pause")
    .select(["paused_by", "paused_at"])
    .where("scope", "=", SCOPE)
    .executeTakeFirst();
  return row ? { by: row.paused_by, since: row.paused_at } : null;
}

/** True where nothing is paused; for the claim of a launch. */
export function notPaused(where: ExpressionBuilder<Database, "engagements">) {
  return where.not(where.exists(where.selectFrom("outreach_pause").select("scope")));
}

/** Returns whether that changed anything: the first to pause stays the one who did. */
export async function pauseOutreach(db: DbOrTrx, pause: OutreachPause): Promise<boolean> {
  const result = await db
    .insertInto("outreach_pause")
    .values({ scope: SCOPE, paused_by: pause.by, paused_at: pause.since })
    .onConflict((conflict) => conflict.column("scope").doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n) > 0;
}

/** Returns whether that changed anything. The worker must be nudged after the commit. */
export async function resumeOutreach(db: DbOrTrx): Promise<boolean> {
  const result = await db.deleteFrom("outreach_pause").where("scope", "=", SCOPE).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
