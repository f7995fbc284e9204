// Where deliveries are stored before they are acknowledged. Those that arrive together share one transaction, and with it
// one wait for the disk (group commit): the promise "a 2xx means it is on disk" then costs a burst hardly more than one.
import type { Db, Trx } from "../db/schema.ts";
import { jobRow } from "../queue/enqueue.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import { queueForwards } from "./fan-out/queue-forwards.ts";
import { findIdleDeliveries } from "./find-idle-deliveries.ts";
import { createInsertDeliveries, type DeliveryRow, type InsertDeliveries } from "./insert-deliveries.ts";
import { NOTHING_WAITED } from "./waiting-engagements.ts";

export interface NewDelivery {
  readonly tenant: string;
  readonly source: string;
  readonly account: string;
  readonly eventId: string;
  readonly event: string;
  readonly eventCreated: number | null;
  readonly receivedAt: number;
  readonly signature: "official" | "raw_body";
  readonly headers: string;
  readonly body: string;
  /** Has the event a handler? Else it is stored and shown only. */
  readonly calls: boolean;
  /** People it is about, where it only matters to outreach that waits for them. */
  readonly onlyFor?: readonly string[];
}

export interface DeliveryInbox {
  /** Resolves once it is on disk: new, or known from before. Rejects when it could not be stored. */
  put(delivery: NewDelivery): Promise<"stored" | "known">;
}

export interface InboxDeps {
  readonly db: Db;
  /** Who forwards what; without it nothing is forwarded. */
  readonly settings?: Pick<SettingsRoom, "tenant">;
  /** Wakes the worker after a commit that added work. */
  readonly nudge: () => void;
  /** Deliveries in one transaction at most; the bench sets 1 to show what sharing is worth. */
  readonly mostTogether?: number;
}

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: (result: "stored" | "known") => void;
  readonly reject: (error: unknown) => void;
}

/** One commit must not keep the next callers waiting for long. */
const MOST_TOGETHER = 500;

export function createDeliveryInbox(deps: InboxDeps): DeliveryInbox {
  const most = deps.mostTogether ?? MOST_TOGETHER;
  const insert = createInsertDeliveries();
  let waiting: Waiting[] = [];
  let flushing = false;

  const flushAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await flush(deps, insert, batch);
    }
    flushing = false;
  };

  return {
    put: (delivery) =>
      new Promise((resolve, reject) => {
        waiting.push({ delivery, resolve, reject });
        if (flushing) return;
        flushing = true;
        // Whatever else this turn of the loop brings in goes along.
        setImmediate(() => void flushAll());
      }),
  };
}

async function flush(deps: InboxDeps, insert: InsertDeliveries, batch: readonly Waiting[]): Promise<void> {
  try {
    const { fresh, calls } = await deps.db.transaction().execute((trx) =>
      store(
        trx,
        insert,
        deps.settings,
        batch.map(({ delivery }) => delivery),
      ),
    );
    // Of copies that came together the first was stored.
    for (const { delivery, resolve } of batch) resolve(fresh.delete(keyOf(delivery)) ? "stored" : "known");
    if (calls) deps.nudge();
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

const keyOf = (row: Pick<NewDelivery, "tenant" | "source" | "account" | "eventId">): string =>
  JSON.stringify([row.tenant, row.source, row.account, row.eventId]);

interface Stored {
  /** Keys of those that were new. */
  readonly fresh: Set<string>;
  /** Whether any of them is work. */
  readonly calls: boolean;
}

async function store(
  trx: Trx,
  insert: InsertDeliveries,
  settings: InboxDeps["settings"],
  batch: readonly NewDelivery[],
): Promise<Stored> {
  const idle = await findIdleDeliveries(trx, batch);
  const rows = await insert(
    trx,
    batch.map((delivery) => toRow(delivery, idle.has(delivery))),
  );
  const jobs = rows
    .filter(({ state }) => state === "waiting")
    .map(({ id, received_at: now }) =>
      jobRow("process-delivery", { delivery_id: Number(id) }, { now, dedupeKey: `delivery:${id}` }),
    );
  if (jobs.length > 0) await trx.insertInto("jobs").values(jobs).execute();
  if (settings) await queueForwards(trx, settings, rows);
  const forwards = rows.some(({ tenant }) => (settings?.tenant(tenant)?.fan_out.length ?? 0) > 0);
  const keys = rows.map(({ tenant, source, account, event_id }) =>
    keyOf({ tenant, source, account, eventId: event_id }),
  );
  return { fresh: new Set(keys), calls: jobs.length > 0 || forwards };
}

const toRow = (delivery: NewDelivery, idle: boolean): DeliveryRow => ({
  tenant: delivery.tenant,
  source: delivery.source,
  account: delivery.account,
  event_id: delivery.eventId,
  event: delivery.event,
  event_created: delivery.eventCreated,
  received_at: delivery.receivedAt,
  signature: delivery.signature,
  headers: delivery.headers,
  body: delivery.body,
  state: idle ? ("done" as const) : delivery.calls ? ("waiting" as const) : ("stored" as const),
  result: idle ? NOTHING_WAITED : null,
  processed_at: idle ? delivery.receivedAt : null,
  replays: 0,
  recovered: 0,
});
