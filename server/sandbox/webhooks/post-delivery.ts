// One attempt to hand over a delivery. Called by the dispatcher.
import type { WebhookDelivery } from "./webhook-types.ts";

/** The status, or null when none came: refused, broken off, or not within `timeoutMs`. Redirects are not followed. */
export async function postDelivery(
  { url, body, signature }: Pick<WebhookDelivery, "url" | "body" | "signature">,
  timeoutMs: number,
  stopped: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "FUB-Signature": signature },
      body,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopped]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
