// Stores a delivery that never came, as it would have come: it runs, shows and is replayed like any other, marked as
// recovered, and is forwarded like any other. Within the caller's transaction; the worker must be nudged after it.
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import { queueForwards } from "./fan-out/queue-forwards.ts";
import { hasHandler } from "./handle-event.ts";
import type { DeliverySource } from "./incoming-delivery.ts";

export interface RecoveredDelivery {
  readonly tenant: string;
  readonly source: DeliverySource;
  /** As in the addresses of webhooks. */
  readonly account: string;
  /** `happenedAt`: epoch ms; null where nobody knows. */
  readonly happenedAt: number | null;
  /** As the CRM would have posted it. */
  readonly body: { readonly eventId: string; readonly event: string } & Readonly<Record<string, unknown>>;
}

/** Its number; undefined when this event is stored already. */
export async function storeRecovered(
  trx: Trx,
  settings: Pick<SettingsRoom, "tenant">,
  { tenant, source, account, happenedAt, body }: RecoveredDelivery,
  now: number,
): Promise<number | undefined> {
  const calls = hasHandler(body.event);
  const row = await trx
    .insertInto("deliveries")
    .values({
      tenant,
      source,
      account,
      event_id: body.eventId,
      event: body.event,
      event_created: happenedAt,
      received_at: now,
      signature: "official",
      headers: "{}",
      body: JSON.stringify(body),
      state: calls ? "waiting" : "stored",
      result: null,
      processed_at: null,
      replays: 0,
      recovered: 1,
    })
    .onConflict((conflict) => conflict.columns(["tenant", "source", "account", "event_id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!row) return undefined;
  const id = Number(row.id);
  await queueForwards(trx, settings, [{ id, tenant, event: body.event, received_at: now }]);
  if (calls)
    await enqueue(trx, "process-delivery", { delivery_id: id }, { now, dedupeKey: `delivery:${id}` });
  return id;
}
