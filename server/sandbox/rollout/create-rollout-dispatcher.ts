// Tells the webhooks of a connected account what happened in it, signed, until somebody takes it (vendor docs, how to use
// webhooks). Told by every endpoint and action that changes something; part of the pretend Rollout's world.
import { hmacHex } from "../../base/hmac.ts";
import type { SandboxClock } from "../sandbox-types.ts";
import { createSender, type Sender } from "../webhooks/create-sender.ts";
import { postDelivery } from "../webhooks/post-delivery.ts";
import { fixedUuid } from "./build-rollout.ts";
import type { RolloutCredential, RolloutDelivery, RolloutSettings, RolloutWebhook } from "./rollout-types.ts";

export interface RolloutChange {
  credential: RolloutCredential;
  /** Spelled as Follow Up Boss does, e.g. `peopleTagsCreated`. */
  event: string;
  resourceIds: readonly string[];
  /** Sent along with `webhookTags` only. */
  tags?: readonly string[];
}

export interface RolloutDispatcher
  extends Pick<Sender<RolloutDelivery>, "hold" | "release" | "settled" | "stop"> {
  /** Sent at once and in the background; what the settings say of content counts as of this moment. */
  tell(change: RolloutChange): void;
  /** The callback after a first sync; who is told is registered in Rollout's dashboard, so it is given here. */
  tellSyncCompleted(credential: RolloutCredential, url: string): RolloutDelivery;
}

/** The parts of the world that sending works on; read anew each time, since a reset replaces them. */
export interface RolloutDispatchWorld {
  readonly clock: SandboxClock;
  readonly options: RolloutSettings;
  readonly credentials: readonly RolloutCredential[];
  deliveries: RolloutDelivery[];
}

export function createRolloutDispatcher(world: () => RolloutDispatchWorld): RolloutDispatcher {
  const sender = createSender<RolloutDelivery>({
    attempt: (delivery, stopped) => attempt(world(), delivery, stopped),
    pauseAfter: ({ attempts }) => world().options.retryMs[attempts.length - 1] ?? 0,
  });
  const send = (delivery: RolloutDelivery): RolloutDelivery => {
    world().deliveries.push(delivery);
    void sender.begin(delivery);
    return delivery;
  };
  return {
    hold: sender.hold,
    release: sender.release,
    settled: sender.settled,
    stop: sender.stop,
    tell: (change) => {
      for (const delivery of prepareDeliveries(world(), change)) send(delivery);
    },
    tellSyncCompleted: (credential, url) => send(prepareSyncCompleted(world(), credential, url)),
  };
}

/** One for each active webhook of the event. `filters` are kept and not looked at: nobody documents what they do. */
function prepareDeliveries(
  { clock, options }: RolloutDispatchWorld,
  { credential, event, resourceIds, tags }: RolloutChange,
): RolloutDelivery[] {
  if (resourceIds.length === 0) return [];
  const at = clock.now();
  const eventId = crypto.randomUUID();
  const body = JSON.stringify({
    eventId,
    eventCreated: new Date(at).toISOString(),
    event,
    resourceIds,
    uri: uriOf(event, resourceIds),
    ...(options.webhookTags && tags && { data: { tags } }),
  });
  return credential.webhooks
    .filter((hook) => hook.event === event && hook.status === "Active")
    .flatMap((hook) => Array.from({ length: options.twice ? 2 : 1 }, () => hook))
    .map((hook) => ({
      ...letter(options, body, at),
      credentialId: credential.id,
      webhookId: hook.id,
      url: hook.url,
      event,
      eventId,
      resourceIds: [...resourceIds],
    }));
}

function prepareSyncCompleted(
  { clock, options }: RolloutDispatchWorld,
  { id, appKey, consumerKey }: RolloutCredential,
  url: string,
): RolloutDelivery {
  const consumers = [{ id: fixedUuid(`consumer ${consumerKey}`), consumerKey }];
  const body = JSON.stringify({ credential: { id, appKey }, consumers });
  const about = { credentialId: id, webhookId: null, url, event: "syncCompleted", eventId: "" };
  return { ...letter(options, body, clock.now()), ...about, resourceIds: [id] };
}

type Letter = Pick<RolloutDelivery, "at" | "body" | "signature" | "attempts" | "status" | "state">;

/** Lower-case hex HMAC-SHA256 over one of the two forms of the body. */
const letter = ({ signature, webhookSecret }: RolloutSettings, body: string, at: number): Letter => {
  const signed = signature === "raw" ? body : Buffer.from(body).toString("base64");
  return {
    at,
    body,
    signature: hmacHex(webhookSecret, signed),
    attempts: [],
    status: null,
    state: "waiting",
  };
};

/**
 * As in the vendor's sample: without `/api`, and with a parameter its API does not declare. Nothing for what is gone, as
 * with Follow Up Boss.
 */
function uriOf(event: string, ids: readonly string[]): string | null {
  if (event.endsWith("Deleted")) return null;
  const collection = event.startsWith("people") ? "people" : event.replace(/(Created|Updated)$/, "");
  return `https://crm.universal.rollout.com/${collection}?ids=${ids.join(",")}`;
}

/** True when there is nothing more to do for this delivery. */
async function attempt(
  world: RolloutDispatchWorld,
  delivery: RolloutDelivery,
  stopped: AbortSignal,
): Promise<boolean> {
  if (delivery.webhookId !== null && findWebhook(world, delivery)?.status !== "Active") {
    delivery.state = "ended";
    return true;
  }
  const at = world.clock.now();
  const signed = { ...delivery, headers: { "X-Rollout-Signature": delivery.signature } };
  const status = await postDelivery(signed, world.options.timeoutMs, stopped);
  if (stopped.aborted) return true;
  delivery.attempts.push({ at, status });
  delivery.status = status;
  if (status !== null && status >= 200 && status < 300) delivery.state = "delivered";
  else if (delivery.attempts.length > world.options.retryMs.length) delivery.state = "given_up";
  return delivery.state !== "waiting";
}

const findWebhook = (
  { credentials }: RolloutDispatchWorld,
  { credentialId, webhookId }: RolloutDelivery,
): RolloutWebhook | undefined =>
  credentials.find(({ id }) => id === credentialId)?.webhooks.find(({ id }) => id === webhookId);
