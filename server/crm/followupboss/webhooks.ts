// Webhooks of this system in an account (FUB docs: webhooks). Only the account owner's key may; FUB shows a system no
// other system's. Asked by the registration of webhooks, which compares before it changes anything.
import { GatewayError } from "../../base/errors.ts";
import type { CrmWebhook } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import { pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { pathId } from "./fub-id.ts";
import { type FubWebhook, webhookSchema } from "./schemas.ts";

/** What FUB calls the two states it documents. */
const STATUS_WORDS = { active: "Active", disabled: "Disabled" } as const;

/** Every one, whatever its event or status. Throws crm_forbidden for a key that is not the owner's. */
export async function fetchWebhooks(client: FubClient, call: CrmCall): Promise<CrmWebhook[]> {
  const webhooks: CrmWebhook[] = [];
  const pages = pageThrough(client, { path: "/webhooks", collection: "webhooks", item: webhookSchema, call });
  for await (const page of pages) webhooks.push(...page.map((webhook) => toCrmWebhook(webhook)));
  return webhooks;
}

/** Throws crm_invalid when both places of the event are taken, or FUB does not like the address. */
export async function addWebhook(
  client: FubClient,
  webhook: { readonly event: string; readonly url: string },
  call: CrmCall,
): Promise<CrmWebhook> {
  const { event, url } = webhook;
  const answer = await client.request({ method: "POST", path: "/webhooks", body: { event, url }, call });
  return toCrmWebhook(parseAnswer(client, webhookSchema, answer), webhook);
}

/** "active" also wakes a webhook that FUB disabled because deliveries kept failing. */
export async function updateWebhook(
  client: FubClient,
  id: string,
  change: { readonly url?: string; readonly status?: "active" | "disabled" },
  call: CrmCall,
): Promise<void> {
  const body = {
    ...(change.url !== undefined && { url: change.url }),
    ...(change.status !== undefined && { status: STATUS_WORDS[change.status] }),
  };
  await client.request({ method: "PUT", path: `/webhooks/${pathId(id)}`, body, call });
}

/** FUB has answered 200 and 204; a 404 means that it is gone, which is what was wanted. */
export async function removeWebhook(client: FubClient, id: string, call: CrmCall): Promise<void> {
  try {
    await client.request({ method: "DELETE", path: `/webhooks/${pathId(id)}`, call });
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "crm_not_found") throw error;
  }
}

/** A new webhook's answer may say less than was asked for; without a status it is active. */
function toCrmWebhook(
  { id, event, url, status }: FubWebhook,
  asked?: { readonly event: string; readonly url: string },
): CrmWebhook {
  return {
    id,
    event: event ?? asked?.event ?? "",
    url: url ?? asked?.url ?? "",
    status: (status ?? STATUS_WORDS.active).toLowerCase(),
  };
}
