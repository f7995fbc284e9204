// One event that never came, asked for by its id (FUB docs: webhookEvents). Runs as its delivery would have.

import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { Trx } from "../db/schema.ts";
import { deliveryOwner } from "./delivery-owner.ts";
import { storeRecovered } from "./store-recovered.ts";
import { allRules } from "./tag-rules.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export interface EventToFetch {
  readonly tenant: string;
  /** As in the addresses of webhooks: "" for the brokerage's account. */
  readonly account: string;
  readonly eventId: string;
}

/** The delivery's number, and whether it was there already. @throws GatewayError delivery_not_found, crm_*. */
export async function fetchEvent(
  deps: WebhookDeps,
  asked: EventToFetch,
): Promise<{ readonly id: number; readonly known: boolean }> {
  const by = await deliveryOwner(deps, asked.tenant, asked.account);
  const event = await deps.crm.webhookEvent(asked.eventId, { access: by.access, priority: "interactive" });
  if (!event) {
    throw new GatewayError("delivery_not_found", {
      sentence: "Follow Up Boss does not know this event (any more), or it is another account's.",
    });
  }
  // A looked-up event does not say which tags were added; who carries a start tag shows which of them it was.
  const tags =
    event.tags.length > 0 || event.event !== "peopleTagsCreated"
      ? event.tags
      : allRules(by.tenant).map(({ tag }) => tag);
  const now = deps.clock.now();
  const eventId = withDashes(asked.eventId);
  const body = {
    eventId,
    eventCreated: event.createdAt === null ? null : isoTime(event.createdAt),
    event: event.event,
    resourceIds: event.resourceIds,
    uri: null,
    data: { tags },
  };
  const { tenant, account } = asked;
  const result = await deps.db.transaction().execute(async (trx) => {
    const id = await storeRecovered(
      trx,
      deps.settings,
      { tenant, source: "followup_boss", account, happenedAt: event.createdAt, body },
      now,
    );
    return id === undefined ? { id: await knownId(trx, asked, eventId), known: true } : { id, known: false };
  });
  deps.nudge();
  return result;
}

/** Deliveries carry the id with dashes, the look-up wants it without. */
function withDashes(id: string): string {
  const plain = id.toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/.test(plain)) return id;
  return [
    plain.slice(0, 8),
    plain.slice(8, 12),
    plain.slice(12, 16),
    plain.slice(16, 20),
    plain.slice(20),
  ].join("-");
}

async function knownId(db: Trx, asked: EventToFetch, eventId: string): Promise<number> {
  const row = await db
    .selectFrom("deliveries")
    .select("id")
    .where("tenant", "=", asked.tenant)
    .where("source", "=", "followup_boss")
    .where("account", "=", asked.account)
    .where("event_id", "=", eventId)
    .executeTakeFirstOrThrow();
  return Number(row.id);
}
