// Forwards again because a person asks for it: certain ones, or what a target gave up. The id stays the same, so a program
// that has it already can tell.
import type { ForwardReplay } from "../../../shared/fan-out.schema.ts";
import type { Trx } from "../../db/schema.ts";
import { enqueue } from "../../queue/enqueue.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import { jobKeyOf, laneOf } from "./queue-forwards.ts";

const MOST_AT_ONCE = 1000;

/** How many are sent again; those that wait anyway are left alone. */
export async function replayForwards(deps: FanOutDeps, asked: ForwardReplay): Promise<number> {
  const replayed = await deps.db.transaction().execute(async (trx) => {
    const rows = await chosen(trx, asked);
    const now = deps.clock.now();
    for (const { id, tenant, target, replays } of rows) {
      await trx
        .updateTable("forwards")
        .set({ state: "waiting", tries: 0, next_at: now, replays: replays + 1 })
        .where("id", "=", id)
        .execute();
      await enqueue(
        trx,
        "forward-delivery",
        { forward_id: id },
        { now, dedupeKey: jobKeyOf(id), laneKey: laneOf(tenant, target), bringForward: true },
      );
    }
    for (const tenant of new Set(rows.map((row) => row.tenant))) {
      await deps.journal.add(trx, {
        event: "fan_out.replayed",
        message: `${rows.filter((row) => row.tenant === tenant).length} events are forwarded again`,
        tenant,
      });
    }
    return rows.length;
  });
  deps.nudge();
  return replayed;
}

function chosen(trx: Trx, asked: ForwardReplay) {
  const select = trx
    .selectFrom("forwards")
    .select(["id", "tenant", "target", "replays"])
    .orderBy("id")
    .limit(MOST_AT_ONCE);
  if ("ids" in asked) return select.where("id", "in", asked.ids).where("state", "!=", "waiting").execute();
  return select
    .where("tenant", "=", asked.tenant)
    .where("target", "=", asked.target)
    .where("state", "=", "dead")
    .execute();
}
