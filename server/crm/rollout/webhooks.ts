// Webhooks of a connected account: one event and address each, no limit of their number known. Asked by the registration
// of webhooks, which compares before it changes anything. The addresses carry a token and are never logged.
import { GatewayError, RETRY_NEVER } from "../../base/errors.ts";
import type { CrmWebhook } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import { pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { RolloutClient } from "./client.ts";
import { ROLLOUT_ERRORS, unsupported } from "./errors.ts";
import { pathId } from "./rollout-id.ts";
import { type RolloutWebhook, webhookSchema } from "./schemas.ts";

export async function fetchWebhooks(client: RolloutClient, call: CrmCall): Promise<CrmWebhook[]> {
  const webhooks: CrmWebhook[] = [];
  const request = { path: "/webhooks", collection: "webhooks", item: webhookSchema, call };
  for await (const page of pageThrough(client, request)) {
    webhooks.push(...page.map((webhook) => toCrmWebhook(webhook)));
  }
  return webhooks;
}

/** crm_syncing until the account's first sync is through. */
export async function addWebhook(
  client: RolloutClient,
  webhook: { readonly event: string; readonly url: string },
  call: CrmCall,
): Promise<CrmWebhook> {
  const { url, event } = webhook;
  const answer = await client.request({ method: "POST", path: "/webhooks", body: { url, event }, call });
  return toCrmWebhook(parseAnswer(client, webhookSchema, answer), webhook);
}

export async function updateWebhook(
  client: RolloutClient,
  id: string,
  change: { readonly url?: string; readonly status?: "active" | "disabled" },
  call: CrmCall,
): Promise<void> {
  if (change.status === "disabled")
    throw unsupported("Rollout cannot switch a webhook off and keep it. Remove it instead.");
  if (change.status === "active") return wakeWebhook(client, id, change.url, call);
  const { url } = change;
  if (url !== undefined)
    await client.request({ method: "PUT", path: `/webhooks/${pathId(id)}`, body: { url }, call });
}

/** The API reads a status and takes none: a webhook that is off is removed and added anew, under another id. */
async function wakeWebhook(
  client: RolloutClient,
  id: string,
  url: string | undefined,
  call: CrmCall,
): Promise<void> {
  const known = (await fetchWebhooks(client, call)).find((webhook) => webhook.id === id);
  if (!known)
    throw ROLLOUT_ERRORS.crmError("crm_not_found", {
      fate: "not_stored",
      retry: RETRY_NEVER,
      logMessage: "the webhook is not in the account's list",
    });
  if (known.status === ACTIVE) return updateWebhook(client, id, url === undefined ? {} : { url }, call);
  await removeWebhook(client, id, call);
  await addWebhook(client, { event: known.event, url: url ?? known.url }, call);
}

/** A 404 means that it is gone, which is what was wanted. */
export async function removeWebhook(client: RolloutClient, id: string, call: CrmCall): Promise<void> {
  try {
    await client.request({ method: "DELETE", path: `/webhooks/${pathId(id)}`, call });
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "crm_not_found") throw error;
  }
}

const ACTIVE = "active";

function toCrmWebhook(
  { id, event, url, status }: RolloutWebhook,
  asked?: { readonly event: string; readonly url: string },
): CrmWebhook {
  return {
    id,
    event: event ?? asked?.event ?? "",
    url: url ?? asked?.url ?? "",
    status: (status ?? ACTIVE).toLowerCase(),
  };
}
