// Answers "why did it not call?": deliveries with what came of them, and those that were refused with the likely mistake.
import { sql } from "kysely";
import type { z } from "zod";
import type {
  Delivery,
  DeliveryDetail,
  DeliveryQuery,
  deliveryPageSchema,
  rejectedPageSchema,
} from "../../shared/delivery.schema.ts";
import { WEBHOOK_EVENTS } from "../../shared/webhook.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { redactText } from "../base/redact-text.ts";
import type { Db } from "../db/schema.ts";

/** Text is looked for in so many deliveries at a time: everything else waits while the database reads. */
const SEARCHED_AT_ONCE = 25_000;

/**
 * Newest first. A search looks through the newest 25,000 of what the filters leave; `next` says where to go on, also
 * when nothing was found so far.
 */
export async function listDeliveries(
  db: Db,
  query: DeliveryQuery,
): Promise<z.infer<typeof deliveryPageSchema>> {
  const floor = query.search ? await searchFloor(db, query) : undefined;
  let select = filtered(db, query)
    .select([...COLUMNS])
    .limit(query.limit + 1);
  if (query.search) {
    const text = `%${query.search.replace(/[\\%_]/g, "\\$&")}%`;
    select = select.where((where) =>
      where.or(
        (["event_id", "body", "result"] as const).map(
          (column) => sql<boolean>`${where.ref(column)} like ${text} escape '\\'`,
        ),
      ),
    );
    if (floor !== undefined) select = select.where("id", ">=", floor);
  }
  const rows = await select.execute();
  const shown = rows.slice(0, query.limit);
  return {
    deliveries: shown.map(toDelivery),
    next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : (floor ?? null),
  };
}

function filtered(db: Db, query: DeliveryQuery) {
  let select = db.selectFrom("deliveries").orderBy("id", "desc");
  if (query.tenant !== undefined) select = select.where("tenant", "=", query.tenant);
  if (query.event !== undefined) select = select.where("event", "=", query.event);
  if (query.state !== undefined) select = select.where("state", "=", query.state);
  if (query.before !== undefined) select = select.where("id", "<", query.before);
  return select;
}

/** Id of the oldest delivery that this page's search looks at; undefined when it looks at all that is left. */
async function searchFloor(db: Db, query: DeliveryQuery): Promise<number | undefined> {
  const row = await filtered(db, query)
    .select("id")
    .limit(1)
    .offset(SEARCHED_AT_ONCE - 1)
    .executeTakeFirst();
  return row?.id;
}

const COLUMNS = [
  "id",
  "tenant",
  "source",
  "account",
  "event_id",
  "event",
  "event_created",
  "received_at",
  "signature",
  "state",
  "result",
  "processed_at",
  "replays",
  "recovered",
] as const;

interface Row {
  readonly id: number;
  readonly tenant: string;
  readonly source: string;
  readonly account: string;
  readonly event_id: string;
  readonly event: string;
  readonly event_created: number | null;
  readonly received_at: number;
  readonly signature: string;
  readonly state: Delivery["state"];
  readonly result: string | null;
  readonly processed_at: number | null;
  readonly replays: number;
  readonly recovered: number;
}

const timeOf = (at: number | null): string | null => (at === null ? null : isoTime(at));

const toDelivery = (row: Row): Delivery => ({
  id: row.id,
  domain_name: row.tenant,
  source: row.source,
  account: row.account,
  event_id: row.event_id,
  event: row.event,
  meaning: WEBHOOK_EVENTS[row.event] ?? null,
  event_created: timeOf(row.event_created),
  received_at: isoTime(row.received_at),
  signature: row.signature as Delivery["signature"],
  state: row.state,
  result: row.result,
  processed_at: timeOf(row.processed_at),
  replays: row.replays,
  recovered: row.recovered === 1,
});

/** @throws GatewayError delivery_not_found. */
export async function readDelivery(db: Db, id: number): Promise<DeliveryDetail> {
  const row = await db.selectFrom("deliveries").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new GatewayError("delivery_not_found");
  const engagements = await db
    .selectFrom("engagements")
    .select(["id", "person_id", "status", "outcome"])
    .where("delivery_id", "=", id)
    .orderBy("created_at")
    .limit(1000)
    .execute();
  return {
    ...toDelivery(row),
    headers: readHeaders(row.headers),
    body: redactText(row.body),
    engagements: engagements.map(({ id: engagement_id, ...rest }) => ({ engagement_id, ...rest })),
  };
}

export async function listRejected(
  db: Db,
  query: {
    readonly tenant?: string | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  },
): Promise<z.infer<typeof rejectedPageSchema>> {
  let select = db
    .selectFrom("rejected_deliveries")
    .selectAll()
    .orderBy("id", "desc")
    .limit(query.limit + 1);
  if (query.tenant !== undefined) select = select.where("tenant", "=", query.tenant);
  if (query.before !== undefined) select = select.where("id", "<", query.before);
  const rows = await select.execute();
  const shown = rows.slice(0, query.limit);
  return {
    rejected: shown.map(({ tenant, received_at, headers, ...rest }) => ({
      ...rest,
      domain_name: tenant,
      received_at: isoTime(received_at),
      headers: readHeaders(headers),
    })),
    next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Whoever sends a delivery chooses its headers: what looks like a key, a number or an address is not shown. */
const readHeaders = (json: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(JSON.parse(json) as Record<string, string>).map(([name, value]) => [
      name,
      redactText(value),
    ]),
  );
