// Takes in one delivery of Follow Up Boss: verified over its raw bytes before anything is parsed, stored once, and only
// then acknowledged. Whatever verified is kept, also what cannot be read or means nothing here.
import { type DeliveryBody, deliveryBodySchema } from "../../shared/webhook.schema.ts";
import { GatewayError, RETRY_LATER, retryAfter } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { fittingVariant, verifyWebhook } from "../crm/followupboss/verify-webhook.ts";
import { requireVault } from "../settings/require-vault.ts";
import type { DeliveryInbox } from "./delivery-inbox.ts";
import { describeHeaders } from "./describe-headers.ts";
import { hasHandler, mattersToWaitingOnly } from "./handle-event.ts";
import type { RejectedDeliveries } from "./rejected-deliveries.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export interface IncomingDelivery {
  /** The brokerage its address names. */
  readonly tenant: string;
  /** `fub_account` of its address; "" when there is none. */
  readonly account: string;
  readonly body: Buffer;
  readonly signature: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Its sender has sent a flood of wrong ones: another is turned away without a look at what is wrong with it. */
  readonly doubted: boolean;
}

/** What receiving needs. */
export interface ReceivingDeps {
  readonly clock: Pick<WebhookDeps["clock"], "now" | "monotonic">;
  readonly settings: Pick<WebhookDeps["settings"], "tenant" | "secret" | "vault">;
  readonly inbox: DeliveryInbox;
  readonly rejected: Pick<RejectedDeliveries, "keep">;
}

export type WebhookRoomDeps = WebhookDeps & ReceivingDeps & { readonly rejected: RejectedDeliveries };

/**
 * "known": it had been stored before. Both are to be acknowledged.
 * @throws GatewayError tenant_not_found, unauthorized (kept apart with the likely mistake), rate_limited (a wrong one of a
 * doubted sender), vault_unavailable, not_ready, storage_unavailable when it could not be stored: Follow Up Boss then tries again.
 */
export async function takeDelivery(
  deps: ReceivingDeps,
  incoming: IncomingDelivery,
): Promise<"stored" | "known"> {
  const tenant = deps.settings.tenant(incoming.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const variant = verify(deps, incoming);
  const text = incoming.body.toString("utf8");
  const body = readBody(text);
  const delivery = {
    tenant: tenant.domain_name,
    source: "followup_boss",
    account: incoming.account,
    eventId: body?.eventId ?? `unreadable:${sha256Hex(text)}`,
    event: body?.event ?? "unreadable",
    eventCreated: timeOf(body),
    receivedAt: deps.clock.now(),
    signature: variant,
    headers: describeHeaders(incoming.headers),
    body: text,
    calls: body !== undefined && hasHandler(body.event),
    ...(body && mattersToWaitingOnly(body.event) ? { onlyFor: body.resourceIds } : {}),
  };
  return deps.inbox.put(delivery).catch((cause: unknown) => {
    throw new GatewayError("storage_unavailable", { cause, retry: RETRY_LATER });
  });
}

function verify(deps: ReceivingDeps, incoming: IncomingDelivery): "official" | "raw_body" {
  const systemKey = deps.settings.secret("platform/FUB_SYSTEM_KEY");
  if (!systemKey) {
    requireVault(deps.settings);
    throw new GatewayError("not_ready", {
      sentence: "FUB_SYSTEM_KEY is not configured on the gateway, so no webhook can be checked.",
    });
  }
  const webhookSecret = deps.settings.secret(`tenant/${incoming.tenant}/webhook_secret`);
  const apiKey = deps.settings.secret(`tenant/${incoming.tenant}/fub_api_key`);
  const signed = {
    body: incoming.body,
    signature: incoming.signature,
    systemKey,
    ...(webhookSecret ? { webhookSecret } : {}),
    ...(apiKey ? { otherKeys: [apiKey] } : {}),
  };
  // Explaining a wrong signature takes dozens of digests; whoever floods the door is not worth them.
  if (incoming.doubted && !fittingVariant(signed))
    throw new GatewayError("rate_limited", { retry: retryAfter(60_000) });
  const verdict = verifyWebhook(signed);
  if (verdict.ok) return verdict.variant;
  deps.rejected.keep({
    tenant: incoming.tenant,
    source: "followup_boss",
    reason: verdict.reason,
    sentence: verdict.sentence,
    headers: describeHeaders(incoming.headers),
    body: incoming.body,
  });
  throw new GatewayError("unauthorized", { sentence: "The FUB-Signature was not accepted." });
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
