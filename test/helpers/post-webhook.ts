// Posts a webhook delivery as Follow Up Boss does: its body's bytes, signed over their base64 text.
import { createHmac } from "node:crypto";
import { SANDBOX_SYSTEM } from "../../server/sandbox/fub/create-fub-world.ts";

export interface Posted {
  readonly body: string;
  readonly signature: string;
}

let made = 0;

/** A delivery's body; every one has an id of its own unless given. */
export function deliveryBody(
  event: string,
  resourceIds: readonly number[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  made += 1;
  return JSON.stringify({
    eventId: `00000000-0000-4000-8000-${String(made).padStart(12, "0")}`,
    eventCreated: "2026-05-01T12:00:00+00:00",
    event,
    resourceIds,
    uri: `https://api.followupboss.com/v1/people?id=${resourceIds.join(",")}`,
    ...more,
  });
}

export const signBody = (body: string, key = SANDBOX_SYSTEM.key): string =>
  createHmac("sha256", key).update(Buffer.from(body).toString("base64")).digest("hex");

export async function postWebhook(
  url: string,
  tenant: string,
  body: string,
  options: {
    readonly signature?: string | null;
    readonly query?: string;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const signature = options.signature === undefined ? signBody(body) : options.signature;
  const response = await fetch(`${url}/integration/followupboss/webhook/${tenant}${options.query ?? ""}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(signature === null ? {} : { "fub-signature": signature }),
      ...options.headers,
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}
