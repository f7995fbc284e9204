// The places for webhooks as the console shows them: what the last comparison found, and when each event last came.
import { sql } from "kysely";
import type { WebhookSlot } from "../../shared/console/webhook-slots.schema.ts";
import { WEBHOOK_EVENTS } from "../../shared/webhook.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { Db } from "../db/schema.ts";

/** So many of the newest deliveries of an event are looked at; an account that was silent that long counts as unseen. */
const LOOKED_AT = 500;

export async function listSlots(db: Db): Promise<WebhookSlot[]> {
  const rows = await db
    .selectFrom("webhook_slots")
    .selectAll()
    .orderBy("tenant")
    .orderBy("account")
    .orderBy("event")
    .execute();
  const received = new Map<string, number>();
  for (const [tenant, event] of distinct(rows.map((row) => [row.tenant, row.event] as const)))
    for (const [account, at] of await lastReceived(db, tenant, event))
      received.set(JSON.stringify([tenant, account, event]), at);
  return rows.map(({ tenant, holders, ...row }) => {
    const at = received.get(JSON.stringify([tenant, row.account, row.event]));
    return {
      ...row,
      domain_name: tenant,
      meaning: WEBHOOK_EVENTS[row.event] ?? null,
      holders: JSON.parse(holders) as string[],
      last_received_at: at === undefined ? null : isoTime(at),
    };
  });
}

const distinct = (pairs: readonly (readonly [string, string])[]): [string, string][] =>
  [...new Set(pairs.map((pair) => JSON.stringify(pair)))].map((text) => JSON.parse(text) as [string, string]);

async function lastReceived(db: Db, tenant: string, event: string): Promise<[account: string, at: number][]> {
  const newest = db
    .selectFrom("deliveries")
    .select(["account", "received_at"])
    .where("tenant", "=", tenant)
    .where("event", "=", event)
    .where("recovered", "=", 0)
    .orderBy("id", "desc")
    .limit(LOOKED_AT)
    .as("newest");
  const rows = await db
    .selectFrom(newest)
    .select(["account", sql<number>`max(received_at)`.as("at")])
    .groupBy("account")
    .execute();
  return rows.map(({ account, at }) => [account, Number(at)]);
}
