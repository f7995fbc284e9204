// Puts a webhook into the exact bytes that leave: URL, form, signature, headers. Called by create-webhooks.
import type { TwilioSettings } from "../twilio-types.ts";
import type { Outgoing } from "./request-url.ts";
import { signRequest, withBodyDigest } from "./sign-request.ts";
import type { WebhookFaultKind } from "./webhook-faults.ts";
import type { Webhook } from "./webhook-types.ts";

export interface Preparation {
  /** The webhook's without its fragment. */
  url: string;
  signedPort: TwilioSettings["signedPort"];
  /** The same for every attempt at the same webhook. */
  idempotencyToken: string;
  fault: WebhookFaultKind | undefined;
}

export function prepareWebhook(
  { account, method, params, json }: Webhook,
  { url, signedPort, idempotencyToken, fault }: Preparation,
): Outgoing {
  const form = new URLSearchParams(Object.entries(params));
  const asJson = json !== undefined;
  const body = asJson ? JSON.stringify(json) : method === "POST" ? form.toString() : "";
  const asked = asJson ? withBodyDigest(url, body) : method === "GET" ? withQuery(url, form) : url;
  const signedUrl =
    fault === "wrong_host" ? asked.replace(/^(https?:\/\/)[^/?#]*/i, "$1elsewhere.example") : asked;
  const token = fault === "wrong_token" ? `${account.authToken}x` : account.authToken;
  const signature = signRequest(token, signedUrl, asJson || method === "GET" ? [] : form, signedPort);
  return {
    url: asked,
    method,
    body,
    headers: {
      "User-Agent": "TwilioProxy/1.1",
      Accept: "*/*",
      "X-Twilio-Signature": signature,
      "I-Twilio-Idempotency-Token": idempotencyToken,
      ...(body !== "" && {
        "Content-Type": asJson ? "application/json" : "application/x-www-form-urlencoded; charset=UTF-8",
      }),
    },
  };
}

function withQuery(url: string, form: URLSearchParams): string {
  const query = form.toString();
  return query === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${query}`;
}
