// From a change to the deliveries it causes: one per event and active webhook. Asked by the dispatcher, which sends them.
import { type AccountChange, describeChange } from "./describe-change.ts";
import type { DispatchWorld, SandboxWebhook, SandboxWebhookEvent, WebhookDelivery } from "./webhook-types.ts";
import { signBody, writeBody } from "./write-delivery.ts";

/** Events and deliveries of a change, written down; those to be sent are returned. Without a webhook nothing is kept. */
export function prepareDeliveries(world: DispatchWorld, change: AccountChange): WebhookDelivery[] {
  const hooks = world.webhooks.filter(
    ({ accountId, event }) => accountId === change.account.id && event === change.event,
  );
  if (hooks.length === 0) return [];
  const options = world.options.webhooks;
  const systems = [...new Set(hooks.map(({ system }) => system))];
  const events = describeChange(change, world.clock.now(), systems, options);
  world.webhookEvents.push(...events);
  const copies = options.twice && !options.drop ? 2 : 1;
  const deliveries = events.flatMap((event) =>
    hooks
      .filter(({ status }) => status === "Active")
      .flatMap((hook) =>
        Array.from({ length: copies }, () => writeDelivery(world, change.account.domain, hook, event)),
      ),
  );
  world.deliveries.push(...deliveries);
  return deliveries.filter(({ state }) => state !== "dropped");
}

function writeDelivery(
  world: DispatchWorld,
  domain: string,
  hook: SandboxWebhook,
  event: SandboxWebhookEvent,
): WebhookDelivery {
  const options = world.options.webhooks;
  const body = writeBody(event, options);
  const systemKey = world.options.systems.find(({ name }) => name === hook.system)?.key ?? "";
  return {
    at: event.at,
    domain,
    webhookId: hook.id,
    url: hook.url,
    event: event.event,
    eventId: event.eventId,
    resourceIds: event.resourceIds,
    body,
    signature: signBody(body, options.wrongSignature ? "nobody has this key" : systemKey),
    attempts: [],
    status: null,
    state: options.drop ? "dropped" : "waiting",
  };
}
