// Runs deliveries again because a person asks for it. What a delivery started before is not started twice: the same
// delivery, person and channel is the same outreach.
import { enqueue } from "../queue/enqueue.ts";
import { hasHandler } from "./handle-event.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** How many of them are run again; those without a handler have nothing to run. */
export async function replayDeliveries(deps: WebhookDeps, ids: readonly number[]): Promise<number> {
  const replayed = await deps.db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom("deliveries")
      .select(["id", "event", "tenant", "state", "replays"])
      .where("id", "in", [...ids])
      .execute();
    const now = deps.clock.now();
    const again = rows.filter(({ event, state }) => hasHandler(event) && state !== "waiting");
    for (const { id, replays } of again) {
      await trx
        .updateTable("deliveries")
        .set({ state: "waiting", result: null, processed_at: null, replays: replays + 1 })
        .where("id", "=", id)
        .execute();
      await enqueue(
        trx,
        "process-delivery",
        { delivery_id: id },
        { now, dedupeKey: `delivery:${id}`, bringForward: true },
      );
    }
    for (const tenant of new Set(again.map((row) => row.tenant))) {
      await deps.journal.add(trx, {
        event: "webhook.replayed",
        message: `${again.filter((row) => row.tenant === tenant).length} webhook deliveries are run again`,
        tenant,
      });
    }
    return again.length;
  });
  deps.nudge();
  return replayed;
}
