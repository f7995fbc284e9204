// Takes in one delivery of Follow Up Boss or Rollout: verified over its raw bytes before anything is parsed, stored once, and only
// then acknowledged. Whatever verified is kept, also what cannot be read or means nothing here.
import { type DeliveryBody, deliveryBodySchema } from "../../shared/webhook.schema.ts";
import { GatewayError, RETRY_LATER } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { describeHeaders } from "./describe-headers.ts";
import { hasHandler, mattersToWaitingOnly } from "./handle-event.ts";
import type { IncomingDelivery, ReceivingDeps } from "./incoming-delivery.ts";
import { verifyDelivery } from "./verify-delivery.ts";

/**
 * "known": it had been stored before. Both are to be acknowledged.
 * @throws GatewayError tenant_removed (the sender then stops), tenant_not_found, unauthorized (kept apart with the likely mistake), rate_limited (a wrong one of a
 * doubted sender), vault_unavailable, not_ready, storage_unavailable when it could not be stored: the sender then tries again.
 */
export async function takeDelivery(
  deps: ReceivingDeps,
  incoming: IncomingDelivery,
): Promise<"stored" | "known"> {
  const tenant = deps.settings.tenant(incoming.tenant);
  if (!tenant) {
    const removed = deps.settings.wasRemoved(incoming.tenant);
    throw new GatewayError(removed ? "tenant_removed" : "tenant_not_found");
  }
  const variant = verifyDelivery(deps, incoming);
  const text = incoming.body.toString("utf8");
  const body = readBody(text);
  const delivery = {
    tenant: tenant.domain_name,
    source: incoming.source,
    account: incoming.account,
    eventId: body?.eventId ?? `unreadable:${sha256Hex(text)}`,
    event: body?.event ?? "unreadable",
    eventCreated: timeOf(body),
    receivedAt: deps.clock.now(),
    signature: variant,
    headers: describeHeaders(incoming.headers),
    body: text,
    calls: body !== undefined && hasHandler(body.event),
    ...(body && mattersToWaitingOnly(body.event, incoming.source) ? { onlyFor: body.resourceIds } : {}),
  };
  return deps.inbox.put(delivery).catch((cause: unknown) => {
    throw new GatewayError("storage_unavailable", { cause, retry: RETRY_LATER });
  });
}

function readBody(text: string): DeliveryBody | undefined {
  try {
    const parsed = deliveryBodySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function timeOf(body: DeliveryBody | undefined): number | null {
  const at = Date.parse(body?.eventCreated ?? "");
  return Number.isFinite(at) ? at : null;
}
