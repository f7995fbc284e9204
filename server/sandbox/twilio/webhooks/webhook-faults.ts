// Faults on demand in what the pretend Twilio sends: which webhook is to go wrong, and how. Asked by create-webhooks.
import type { Webhook, WebhookKind } from "./webhook-types.ts";

/**
 * `last`: kept back until everything else about the same call or message has left, then sent in reverse order.
 * `wrong_token`, `wrong_host`: signed with another account's token, or for another host. The other kinds leave alone what
 * asks for a document.
 */
export type WebhookFaultKind = "lost" | "twice" | "late" | "last" | "wrong_token" | "wrong_host";

export interface WebhookFault {
  kind: WebhookFaultKind;
  /** Any of these; all when left out. */
  of?: WebhookKind[];
  /** The call or message it is about. */
  sid?: string;
  /** Beginning of the configured URL, or an expression it must match. */
  url?: string | RegExp;
  /** How many webhooks it hits before it is used up. */
  times: number;
  /** For `late`, real ms (default 50). */
  delayMs?: number;
}

export interface WebhookFaults {
  add(fault: WebhookFault): void;
  /** The first fault that fits, its count lowered by one. */
  take(webhook: Webhook): WebhookFault | undefined;
  /** Those not used up yet. */
  list(): readonly WebhookFault[];
  clear(): void;
}

const ASKS: readonly WebhookKind[] = ["voice", "message", "media"];
const OF_SIGNATURES: readonly WebhookFaultKind[] = ["wrong_token", "wrong_host"];

export function createWebhookFaults(): WebhookFaults {
  let waiting: WebhookFault[] = [];
  return {
    add: (fault) => {
      waiting.push({ ...fault });
    },
    take(webhook) {
      const hit = waiting.find((fault) => fits(fault, webhook));
      if (!hit) return undefined;
      hit.times -= 1;
      waiting = waiting.filter((fault) => fault.times > 0);
      return hit;
    },
    list: () => waiting,
    clear: () => {
      waiting = [];
    },
  };
}

function fits({ kind, of, sid, url }: WebhookFault, webhook: Webhook): boolean {
  if (ASKS.includes(webhook.kind) && !OF_SIGNATURES.includes(kind)) return false;
  if (of && !of.includes(webhook.kind)) return false;
  if (sid !== undefined && sid !== webhook.sid) return false;
  if (url === undefined) return true;
  return typeof url === "string" ? webhook.url.startsWith(url) : url.test(webhook.url);
}
