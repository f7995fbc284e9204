// Signs an event for a target and posts it once. Used for forwards and for the console's test.
import type { FanOutTarget } from "../../../shared/fan-out.schema.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import type { Outcome } from "./post-event.ts";
import { signEvent } from "./sign-event.ts";
import { signingSecrets } from "./signing-secrets.ts";

export interface EventToForward {
  readonly id: string;
  readonly tenant: string;
  readonly event: string;
  /** As it came. */
  readonly body: string;
}

/** @throws GatewayError vault_unavailable, not_ready (see signing-secrets.ts). */
export async function postSigned(
  deps: FanOutDeps,
  target: FanOutTarget,
  { id, tenant, event, body }: EventToForward,
  stop?: AbortSignal,
): Promise<Outcome> {
  const secrets = await signingSecrets(deps, tenant, target.id);
  const timestamp = Math.floor(deps.clock.now() / 1000);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Aventora-Gateway",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signEvent({ id, timestamp, body }, secrets),
    // Names come from outside; a header takes only some of what they may hold.
    "aventora-event": event.replace(/[^\x21-\x7e]/gu, encodeURIComponent),
    "aventora-tenant": tenant,
  };
  const { url, allow_private: allowPrivate } = target;
  return deps.postEvent({ url, allowPrivate, headers, body: Buffer.from(body) }, stop);
}
