// Drops what has been forwarded long ago, and everything of targets that are no more.
import type { Db } from "../../db/schema.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import { laneOf } from "./queue-forwards.ts";

const KEPT_MS = 30 * 86_400_000;

/** Called by housekeeping. */
export async function forgetForwards(deps: Pick<FanOutDeps, "db" | "clock" | "settings">): Promise<void> {
  await deps.db
    .deleteFrom("forwards")
    .where("created_at", "<", deps.clock.now() - KEPT_MS)
    .where("state", "!=", "waiting")
    .execute();
  const known = await deps.db.selectFrom("fan_out_targets").select(["tenant", "target"]).execute();
  for (const { tenant, target } of known) {
    const exists = deps.settings.tenant(tenant)?.fan_out.some(({ id }) => id === target) ?? false;
    if (!exists) await forgetTarget(deps.db, tenant, target);
  }
}

/** Its secret, its health and what was forwarded or waits. Returns how many waited. */
export async function forgetTarget(db: Db, tenant: string, target: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const waiting = await trx
      .deleteFrom("forwards")
      .where("tenant", "=", tenant)
      .where("target", "=", target)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    await trx.deleteFrom("forwards").where("tenant", "=", tenant).where("target", "=", target).execute();
    await trx
      .deleteFrom("fan_out_targets")
      .where("tenant", "=", tenant)
      .where("target", "=", target)
      .execute();
    // Those that run find nothing and end.
    await trx
      .deleteFrom("jobs")
      .where("state", "=", "ready")
      .where("lane_key", "=", laneOf(tenant, target))
      .execute();
    return Number(waiting.numDeletedRows);
  });
}
