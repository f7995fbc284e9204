// A gateway that was moved to another computer starts nothing here until it is taken back. Asked where outreach is asked
// for, and when the gateway starts.
import { GatewayError } from "../base/errors.ts";
import type { DbOrTrx } from "../db/schema.ts";

/** When it was moved, epoch ms; null when it is here. */
export async function movedAt(db: DbOrTrx): Promise<number | null> {
  const row = await db
    .selectFrom("backup_events")
    .select("at")
    .where("kind", "=", "move_out")
    .where("settled_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row ? Number(row.at) : null;
}

/** @throws GatewayError gateway_moved. */
export async function refuseMoved(db: DbOrTrx): Promise<void> {
  if ((await movedAt(db)) !== null) throw new GatewayError("gateway_moved");
}
