// What the answer to a delivery means for it and its webhook (vendor docs, "Webhook Event Retries" and "Automatic Webhook
// Disabling"). Asked by the dispatcher after each attempt.
import type { DispatchWorld, SandboxWebhook, WebhookDelivery } from "./webhook-types.ts";

/** Writes down what came of the attempt that was just added; false when it is to be tried again. */
export function judgeAttempt(
  world: Pick<DispatchWorld, "webhooks" | "clock" | "options">,
  webhook: SandboxWebhook,
  delivery: WebhookDelivery,
  status: number | null,
): boolean {
  delivery.status = status;
  if (status !== null && status >= 200 && status < 300) {
    delivery.state = "delivered";
    webhook.failures = 0;
    return true;
  }
  if (status === 406 || status === 410) {
    delivery.state = "refused";
    world.webhooks = world.webhooks.filter((other) => other !== webhook);
    return true;
  }
  const { retryMs, giveUpAfterMs, disableAfter } = world.options.webhooks;
  const pause = retryMs[delivery.attempts.length - 1];
  if (pause !== undefined && world.clock.now() + pause - delivery.at <= giveUpAfterMs) return false;
  delivery.state = "given_up";
  webhook.failures += 1;
  if (webhook.failures >= disableAfter) webhook.status = "Disabled";
  return true;
}
