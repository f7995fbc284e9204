// How much work waits in each lane, for estimates and the console. Counted in the index, whatever else the table holds.
import { sql } from "kysely";
import type { DbOrTrx } from "../db/schema.ts";

/** Jobs that wait or run, by lane key; lanes without any are left out. */
export async function laneBacklog(db: DbOrTrx): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("jobs")
    .select(["lane_key", sql<number>`count(*)`.as("n")])
    .where("state", "in", ["ready", "running"])
    .where("lane_key", ">", "")
    // By state too, since that is the order of the index: nothing is sorted.
    .groupBy(["state", "lane_key"])
    .execute();
  const backlog = new Map<string, number>();
  for (const { lane_key, n } of rows)
    if (lane_key !== null) backlog.set(lane_key, (backlog.get(lane_key) ?? 0) + Number(n));
  return backlog;
}
