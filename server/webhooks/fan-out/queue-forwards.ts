// Puts what is to be forwarded in line, in the transaction that stores the deliveries: what is acknowledged will be
// forwarded, too. Costs nothing where no target wants the event.
import type { Trx } from "../../db/schema.ts";
import { jobRow } from "../../queue/enqueue.ts";
import type { SettingsRoom } from "../../settings/settings-room.ts";

export interface StoredDelivery {
  readonly id: number;
  readonly tenant: string;
  readonly event: string;
  readonly received_at: number;
}

/** SQLite allows 32,766 values in a statement. */
const ROWS_AT_ONCE = 1000;

export async function queueForwards(
  trx: Trx,
  settings: Pick<SettingsRoom, "tenant">,
  deliveries: readonly StoredDelivery[],
): Promise<void> {
  const rows = deliveries.flatMap((delivery) =>
    targetsFor(settings, delivery).map((target) => toForward(delivery, target)),
  );
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const stored = await trx
      .insertInto("forwards")
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .returning(["id", "tenant", "target", "created_at"])
      .execute();
    await trx.insertInto("jobs").values(stored.map(toJob)).execute();
  }
}

/** What could not be read is no event, and would be passed on as JSON that is none. */
function targetsFor(settings: Pick<SettingsRoom, "tenant">, { tenant, event }: StoredDelivery): string[] {
  const targets = settings.tenant(tenant)?.fan_out ?? [];
  if (targets.length === 0 || event === "unreadable") return [];
  return targets
    .filter(({ enabled, events }) => enabled && (events.includes("*") || events.includes(event)))
    .map(({ id }) => id);
}

/** One lane per target: who is slow or gone delays nobody else. */
export const laneOf = (tenant: string, target: string): string => `fanout:${tenant}/${target}`;

export const jobKeyOf = (forwardId: number): string => `forward:${forwardId}`;

const toForward = (delivery: StoredDelivery, target: string) => ({
  tenant: delivery.tenant,
  target,
  delivery_id: Number(delivery.id),
  event: delivery.event,
  state: "waiting" as const,
  tries: 0,
  status: null,
  result: null,
  created_at: delivery.received_at,
  tried_at: null,
  next_at: delivery.received_at,
  replays: 0,
});

const toJob = (row: {
  readonly id: number;
  readonly tenant: string;
  readonly target: string;
  readonly created_at: number;
}) =>
  jobRow(
    "forward-delivery",
    { forward_id: Number(row.id) },
    { now: row.created_at, laneKey: laneOf(row.tenant, row.target), dedupeKey: jobKeyOf(row.id) },
  );
