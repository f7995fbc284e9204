// A delivery as it comes in, and what receiving one needs.
import type { DeliveryInbox } from "./delivery-inbox.ts";
import type { KeysOfAll } from "./mistaken-keys.ts";
import type { RejectedDeliveries } from "./rejected-deliveries.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export type DeliverySource = "followup_boss" | "rollout";

/** Which way it was signed: as the CRM documents it, or over the body itself. */
export type SignatureVariant = "official" | "raw_body";

export interface IncomingDelivery {
  /** Who sends to its address. */
  readonly source: DeliverySource;
  /** The brokerage its address names. */
  readonly tenant: string;
  /** `fub_account` of its address; "" when there is none, and at Rollout. */
  readonly account: string;
  readonly body: Buffer;
  readonly signature: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Its sender has sent a flood of wrong ones: another is turned away without a look at what is wrong with it. */
  readonly doubted: boolean;
}

/** What receiving needs. */
export interface ReceivingDeps {
  readonly clock: Pick<WebhookDeps["clock"], "now" | "monotonic">;
  readonly settings: Pick<WebhookDeps["settings"], "tenant" | "secret" | "vault" | "wasRemoved"> & KeysOfAll;
  readonly inbox: DeliveryInbox;
  readonly rejected: Pick<RejectedDeliveries, "keep">;
}

export type WebhookRoomDeps = WebhookDeps & ReceivingDeps & { readonly rejected: RejectedDeliveries };
