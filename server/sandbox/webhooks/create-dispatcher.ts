// Tells webhooks what happened, tries again where nobody took it, and gives up like Follow Up Boss does (vendor docs,
// webhooks). Told by every endpoint and page that changes something; part of the pretend Follow Up Boss's world.
import { createSender, type Sender } from "./create-sender.ts";
import type { AccountChange } from "./describe-change.ts";
import { judgeAttempt } from "./judge-attempt.ts";
import { postDelivery } from "./post-delivery.ts";
import { prepareDeliveries } from "./prepare-deliveries.ts";
import type { DispatchWorld, WebhookDelivery } from "./webhook-types.ts";

export interface Dispatcher extends Pick<Sender<WebhookDelivery>, "hold" | "release" | "settled" | "stop"> {
  /** Sent at once and in the background; what the options say of content and number counts as of this moment. */
  tell(change: AccountChange): void;
}

export function createDispatcher(world: () => DispatchWorld): Dispatcher {
  let reversed: WebhookDelivery[] = [];
  const sender = createSender<WebhookDelivery>({
    attempt: (delivery, stopped) => attempt(world, delivery, stopped),
    pauseAfter: ({ attempts }) => world().options.webhooks.retryMs[attempts.length - 1] ?? 0,
  });
  const beginReversed = async (stopped: AbortSignal): Promise<void> => {
    const newestFirst = reversed.toReversed();
    reversed = [];
    for (const delivery of newestFirst) {
      if (stopped.aborted) return;
      await sender.begin(delivery);
    }
  };
  const send = (delivery: WebhookDelivery): void => {
    const { reverseWithinMs } = world().options.webhooks;
    if (reverseWithinMs <= 0) {
      void sender.begin(delivery);
      return;
    }
    reversed.push(delivery);
    if (reversed.length === 1) sender.later(reverseWithinMs, beginReversed);
  };

  return {
    tell: (change) => {
      for (const delivery of prepareDeliveries(world(), change)) send(delivery);
    },
    hold: sender.hold,
    release: sender.release,
    settled: sender.settled,
    stop: () => {
      reversed = [];
      sender.stop();
    },
  };
}

/** True when there is nothing more to do for this delivery. */
async function attempt(
  world: () => DispatchWorld,
  delivery: WebhookDelivery,
  stopped: AbortSignal,
): Promise<boolean> {
  const { webhooks, clock, options } = world();
  const webhook = webhooks.find(({ id }) => id === delivery.webhookId);
  if (webhook?.status !== "Active") {
    delivery.state = "ended";
    return true;
  }
  const at = clock.now();
  const signed = { ...delivery, headers: { "FUB-Signature": delivery.signature } };
  const status = await postDelivery(signed, options.webhooks.timeoutMs, stopped);
  if (stopped.aborted) return true;
  delivery.attempts.push({ at, status });
  return judgeAttempt(world(), webhook, delivery, status);
}
