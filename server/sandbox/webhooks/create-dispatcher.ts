// Tells webhooks what happened, tries again where nobody took it, and gives up like Follow Up Boss does (vendor docs,
// webhooks). Told by every endpoint and page that changes something; part of the pretend Follow Up Boss's world.
import { setTimeout as wait } from "node:timers/promises";
import { createGate, type Gate } from "./create-gate.ts";
import type { AccountChange } from "./describe-change.ts";
import { judgeAttempt } from "./judge-attempt.ts";
import { postDelivery } from "./post-delivery.ts";
import { prepareDeliveries } from "./prepare-deliveries.ts";
import type { DispatchWorld, WebhookDelivery } from "./webhook-types.ts";

export interface Dispatcher {
  /** Sent at once and in the background; what the options say of content and number counts as of this moment. */
  tell(change: AccountChange): void;
  /** Nothing is sent or tried again from now on; `release` lets all of it go. */
  hold(): void;
  release(): void;
  /** Resolves when nothing is on its way and nothing waits to be tried again. */
  settled(): Promise<void>;
  /** Ends everything that is on its way or waits; what is told later is sent as usual. */
  stop(): void;
}

interface Sending {
  readonly world: () => DispatchWorld;
  readonly gate: Gate;
  readonly delivery: WebhookDelivery;
  readonly stopped: AbortSignal;
}

export function createDispatcher(world: () => DispatchWorld): Dispatcher {
  const running = new Set<Promise<unknown>>();
  const gate = createGate();
  let era = new AbortController();
  let reversed: Sending[] = [];

  const track = (work: Promise<unknown>): void => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  /** Resolves after the first attempt; the others go on in the background. */
  const begin = (sending: Sending): Promise<boolean> => {
    const first = attempt(sending);
    track(first.then((done) => (done ? undefined : tryAgain(sending))));
    return first;
  };
  const beginReversed = async (withinMs: number, stopped: AbortSignal): Promise<void> => {
    await pause(withinMs, stopped);
    if (stopped.aborted) return;
    const newestFirst = reversed.toReversed();
    reversed = [];
    for (const sending of newestFirst) await begin(sending);
  };
  const send = (delivery: WebhookDelivery): void => {
    const sending = { world, gate, delivery, stopped: era.signal };
    const { reverseWithinMs } = world().options.webhooks;
    if (reverseWithinMs <= 0) {
      void begin(sending);
      return;
    }
    reversed.push(sending);
    if (reversed.length === 1) track(beginReversed(reverseWithinMs, era.signal));
  };

  return {
    tell: (change) => {
      for (const delivery of prepareDeliveries(world(), change)) send(delivery);
    },
    hold: () => gate.close(),
    release: () => gate.open(),
    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
    stop: () => {
      era.abort();
      era = new AbortController();
      reversed = [];
      gate.open();
    },
  };
}

/** True when there is nothing more to do for this delivery. */
async function attempt({ world, gate, delivery, stopped }: Sending): Promise<boolean> {
  await gate.passed();
  const { webhooks, clock, options } = world();
  const webhook = webhooks.find(({ id }) => id === delivery.webhookId);
  if (stopped.aborted) return true;
  if (webhook?.status !== "Active") {
    delivery.state = "ended";
    return true;
  }
  const at = clock.now();
  const status = await postDelivery(delivery, options.webhooks.timeoutMs, stopped);
  if (stopped.aborted) return true;
  delivery.attempts.push({ at, status });
  return judgeAttempt(world(), webhook, delivery, status);
}

async function tryAgain(sending: Sending): Promise<void> {
  do {
    const { retryMs } = sending.world().options.webhooks;
    await pause(retryMs[sending.delivery.attempts.length - 1] ?? 0, sending.stopped);
  } while (!(await attempt(sending)));
}

/** Without `ref`: a sandbox that waits to try again does not keep a program running. */
async function pause(ms: number, stopped: AbortSignal): Promise<void> {
  await wait(ms, undefined, { ref: false, signal: stopped }).catch(() => undefined);
}
