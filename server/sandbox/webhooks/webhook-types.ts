// What the pretend Follow Up Boss keeps of webhooks: who wants what, what happened, and what was sent.
import type { SandboxClock } from "../sandbox-types.ts";

export interface SandboxWebhook {
  id: number;
  accountId: number;
  /** Whose it is: another system neither sees it nor counts it. */
  system: string;
  event: string;
  url: string;
  status: "Active" | "Disabled";
  /** Deliveries given up since the last one that was taken. */
  failures: number;
}

/** One thing that happened in an account, as it is told and looked up. */
export interface SandboxWebhookEvent {
  /** UUID. */
  eventId: string;
  accountId: number;
  /** Systems that had a webhook for it: only they may look it up. */
  systems: string[];
  /** Epoch ms on the sandbox's clock. */
  at: number;
  event: string;
  resourceIds: number[];
  /** null for deletions. */
  uri: string | null;
  data: Record<string, unknown> | null;
}

export interface DeliveryAttempt {
  /** Epoch ms on the sandbox's clock. */
  at: number;
  /** null when no answer came in time. */
  status: number | null;
}

/** One event on its way to one webhook; with `twice` there are two of these. */
export interface WebhookDelivery {
  at: number;
  domain: string;
  webhookId: number;
  url: string;
  event: string;
  eventId: string;
  resourceIds: number[];
  /** Exactly the text that is sent, and its FUB-Signature. */
  body: string;
  signature: string;
  attempts: DeliveryAttempt[];
  /** As last answered; null before, and when no answer came. */
  status: number | null;
  /** `refused`: 406 or 410, which removed the webhook. `ended`: the webhook was removed or disabled meanwhile. */
  state: "waiting" | "delivered" | "given_up" | "refused" | "ended" | "dropped";
}

export interface WebhookOptions {
  /** Ms between one attempt and the next; given up when they are used up (seed 003). */
  retryMs: number[];
  /** Given up after so long on the sandbox's clock, whatever `retryMs` says (vendor docs: up to 8 hours). */
  giveUpAfterMs: number;
  /** Time to answer (vendor docs: 10 seconds). */
  timeoutMs: number;
  /** Deliveries given up in a row until a webhook is set Disabled. How many it really takes is not documented. */
  disableAfter: number;
  /** A change of more people is split over several deliveries, each an event of its own. */
  idsPerDelivery: number;
  /** Slashes and letters beyond ASCII escaped, as PHP writes JSON. */
  phpEscapes: boolean;
  /** Where `uri` leads; nobody has to follow it. */
  uriOrigin: string;
  /** Above 0, what happens within so many ms is sent newest first. */
  reverseWithinMs: number;
  /** Each delivery goes out twice at the same time. */
  twice: boolean;
  /** Never sent, and not tried again. */
  drop: boolean;
  /** Signed with a key nobody has. */
  wrongSignature: boolean;
}

/** The parts of the world that sending works on. They are read anew each time, since a reset replaces them. */
export interface DispatchWorld {
  readonly clock: SandboxClock;
  readonly options: { readonly webhooks: WebhookOptions; readonly systems: { name: string; key: string }[] };
  webhooks: SandboxWebhook[];
  webhookEvents: SandboxWebhookEvent[];
  deliveries: WebhookDelivery[];
}

const MINUTE = 60_000;

export const defaultWebhookOptions = (): WebhookOptions => ({
  retryMs: [MINUTE, 5 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  giveUpAfterMs: 8 * 60 * MINUTE,
  timeoutMs: 10_000,
  disableAfter: 5,
  idsPerDelivery: 100,
  phpEscapes: false,
  uriOrigin: "https://api.followupboss.com",
  reverseWithinMs: 0,
  twice: false,
  drop: false,
  wrongSignature: false,
});
