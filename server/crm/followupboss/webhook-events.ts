// One event by its id: how a delivery that was missed is read again (FUB docs: "Requesting webhook events"). There is no
// list of them, so the id has to be known. Only for the owner's key and the system the event was for.
import { GatewayError } from "../../base/errors.ts";
import type { CrmEvent } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { webhookEventSchema } from "./schemas.ts";

/** null when FUB does not know it, any more or at all. How long FUB keeps events is not documented. */
export async function fetchWebhookEvent(
  client: FubClient,
  eventId: string,
  call: CrmCall,
): Promise<CrmEvent | null> {
  const id = plainEventId(eventId);
  if (id === undefined) return null;
  try {
    const answer = await client.request({ method: "GET", path: `/webhookEvents/${id}`, call });
    const { event, eventCreated, resourceIds, data } = parseAnswer(client, webhookEventSchema, answer);
    const createdAt = Date.parse(eventCreated ?? "");
    return {
      eventId,
      event,
      createdAt: Number.isNaN(createdAt) ? null : createdAt,
      resourceIds,
      tags: data?.tags ?? [],
    };
  } catch (error) {
    if (error instanceof GatewayError && error.code === "crm_not_found") return null;
    throw error;
  }
}

/** Deliveries write the id as a UUID, the endpoint takes its 32 digits without dashes; undefined for anything else. */
function plainEventId(eventId: string): string | undefined {
  const plain = eventId.trim().replaceAll("-", "").toLowerCase();
  return /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}
