// What a handler of an event is given, and what it answers.
import type { DeliveryBody } from "../../shared/webhook.schema.ts";
import type { HandledBy } from "./delivery-owner.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export interface DeliveryToHandle {
  readonly id: number;
  readonly body: DeliveryBody;
  /** When it happened, epoch ms; for a recovered one, since when it may have. */
  readonly happenedAt: number | null;
  /** Never delivered; found by catch-up. */
  readonly recovered: boolean;
  /** Whose account, and as whom. */
  readonly by: HandledBy;
}

/** What came of it, in a sentence for people. @throws GatewayError with a retry hint where it is to be tried again. */
export type EventHandler = (deps: WebhookDeps, delivery: DeliveryToHandle) => Promise<string>;
