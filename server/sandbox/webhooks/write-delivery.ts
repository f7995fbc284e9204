// A delivery as Follow Up Boss writes and signs it (vendor docs, webhooks). Used by the dispatcher.
import { hmacHex } from "../../base/hmac.ts";
import type { SandboxWebhookEvent, WebhookOptions } from "./webhook-types.ts";

/** The text of the body: not indented, keys in the order of the docs, `data` only where there is some. */
export function writeBody(
  event: SandboxWebhookEvent,
  { phpEscapes }: Pick<WebhookOptions, "phpEscapes">,
): string {
  const text = JSON.stringify({
    eventId: event.eventId,
    eventCreated: wholeSeconds(event.at, "+00:00"),
    event: event.event,
    resourceIds: event.resourceIds,
    uri: event.uri,
    ...(event.data && { data: event.data }),
  });
  return phpEscapes ? escapeLikePhp(text) : text;
}

/** Lower-case hex HMAC-SHA256 over base64 of the raw body, keyed with X-System-Key. */
export const signBody = (body: string, systemKey: string): string =>
  hmacHex(systemKey, Buffer.from(body).toString("base64"));

/** Deliveries end with "+00:00", the API with "Z". */
export const wholeSeconds = (ms: number, zone: "+00:00" | "Z"): string =>
  new Date(ms).toISOString().replace(/\.\d{3}Z$/, zone);

const escapeLikePhp = (json: string): string =>
  json
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
