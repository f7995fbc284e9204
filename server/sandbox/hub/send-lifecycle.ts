// Lifecycle webhooks of the pretend Hub: complete snapshots, a shared secret in a header, no delivery id.
import { setTimeout as wait } from "node:timers/promises";
import type { HubBehaviour, HubDelivery, HubEventType, HubSnapshot, HubState } from "./create-hub-world.ts";

const GIVE_UP_MS = 5000;

/** Sends in the background as the behaviour says; never retried (facts/aventora-hub.md, section 6). */
export function sendLifecycle(
  state: HubState,
  snapshot: HubSnapshot,
  eventType: HubEventType,
  behaviour: HubBehaviour,
): void {
  if (behaviour.never) return;
  const id = snapshot.engagement_id;
  const earlier = state.lines.get(id) ?? Promise.resolve();
  const delivery = deliver(state, structuredClone(snapshot), eventType, behaviour, earlier);
  state.lines.set(id, delivery);
  state.track(delivery);
}

async function deliver(
  state: HubState,
  snapshot: HubSnapshot,
  eventType: string,
  behaviour: HubBehaviour,
  earlier: Promise<void>,
): Promise<void> {
  const webhook = state.webhooks[snapshot.domain_name] ?? state.webhooks["*"];
  if (!webhook) return;
  const { engagements } = state;
  const due = behaviour.late ? wait(behaviour.late, undefined, { ref: false }) : undefined;
  // One at a time per engagement: disorder is a behaviour to be asked for, not an accident.
  await earlier;
  await due;
  // After a reset nothing of the old days may arrive.
  if (state.engagements !== engagements) return;
  const secret = behaviour.wrongSecret ? "not-the-secret" : webhook.secret;
  for (let round = 0; round < (behaviour.twice ? 2 : 1); round += 1) {
    const delivery: HubDelivery = {
      at: state.now(),
      payload: { ...snapshot, sent_at: state.stamp(), delivery_type: "webhook", event_type: eventType },
      status: null,
    };
    state.deliveries.push(delivery);
    delivery.status = await post(webhook.url, secret, delivery.payload);
  }
}

async function post(url: string, secret: string, payload: unknown): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(secret !== "" && { "X-Aventora-Webhook-Secret": secret }),
      },
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout(GIVE_UP_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
