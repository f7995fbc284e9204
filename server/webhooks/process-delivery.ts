// Does what a stored delivery calls for, and keeps what came of it for the inspector.
import { deliveryBodySchema } from "../../shared/webhook.schema.ts";
import { GatewayError, sentenceOf } from "../base/errors.ts";
import type { DeliveryTable } from "../db/delivery-tables.ts";
import { deliveryOwner } from "./delivery-owner.ts";
import { handlerOf } from "./handle-event.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** @throws GatewayError with a retry hint where it is to be tried again. */
export async function processDelivery(deps: WebhookDeps, deliveryId: number): Promise<void> {
  const row = await deps.db
    .selectFrom("deliveries")
    .selectAll()
    .where("id", "=", deliveryId)
    .executeTakeFirst();
  if (row?.state !== "waiting") return;
  const handle = handlerOf(row.event);
  const body = deliveryBodySchema.parse(JSON.parse(row.body));
  if (!handle) return settle(deps, deliveryId, "stored", null);
  const foreign = ofAnotherCrm(deps, row);
  if (foreign !== undefined) return settle(deps, deliveryId, "done", foreign);
  try {
    const by = await deliveryOwner(deps, row.tenant, row.account);
    await settle(
      deps,
      deliveryId,
      "done",
      await handle(deps, {
        id: deliveryId,
        body,
        by,
        happenedAt: row.event_created,
        recovered: row.recovered === 1,
      }),
    );
  } catch (error) {
    // Whoever's account it is, it is none of ours: that is a result, not a failure to be tried again.
    if (!(error instanceof GatewayError) || error.code !== "account_not_found") throw error;
    await settle(deps, deliveryId, "done", `${error.sentence} Nothing was started.`);
  }
}

// The brokerage's CRM was changed since its webhooks were registered, or it is the wrong address.
function ofAnotherCrm(
  deps: WebhookDeps,
  { tenant, source }: Pick<DeliveryTable, "tenant" | "source">,
): string | undefined {
  const provider = deps.settings.tenant(tenant)?.crm_sync_provider;
  if (provider === undefined || provider === source) return undefined;
  const name = source === "rollout" ? "Rollout" : "Follow Up Boss";
  return `The brokerage does not work with ${name}, so nothing was started.`;
}

/** It could not be done: set aside where a person sees it and may ask for it again. */
export const failDelivery = (deps: WebhookDeps, deliveryId: number, error: unknown): Promise<void> =>
  settle(deps, deliveryId, "failed", sentenceOf(error));

async function settle(
  deps: WebhookDeps,
  id: number,
  state: DeliveryTable["state"],
  result: string | null,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("deliveries")
      .set({ state, result, processed_at: deps.clock.now() })
      .where("id", "=", id)
      .returning(["tenant", "event", "event_id"])
      .executeTakeFirst();
    if (!row || result === null) return;
    await deps.journal.add(trx, {
      event: state === "failed" ? "webhook.failed" : "webhook.processed",
      severity: state === "failed" ? "error" : "info",
      message: `${row.event}: ${result}`,
      tenant: row.tenant,
      detail: { delivery: id, event_id: row.event_id },
    });
  });
}
