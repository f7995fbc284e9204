// What another process may see of the pretend Rollout and have it do. Asked by the control door.
import { z } from "zod";
import type { RolloutWorld } from "./create-rollout-world.ts";

const ms = z.number().min(0);
const controlSchema = z.strictObject({
  /** Live settings; each one given takes effect at once. */
  options: z
    .strictObject({
      signature: z.enum(["base64", "raw"]),
      webhookTags: z.boolean(),
      retryMs: z.array(ms),
      timeoutMs: ms,
      twice: z.boolean(),
      requestsPerSecond: z.int().min(1).nullable(),
      latencyMs: ms,
    })
    .partial()
    .optional(),
  /** Keeps deliveries back until false is sent. */
  held: z.boolean().optional(),
  fail: z.strictObject({ times: z.int().min(1), status: z.int().min(400).max(599) }).optional(),
  addTag: z
    .strictObject({ credentialId: z.string(), personIds: z.array(z.string()), tag: z.string().min(1) })
    .optional(),
  /** Sets whether the first sync of an account is over, and tells nobody. */
  ready: z.strictObject({ credentialId: z.string(), ready: z.boolean() }).optional(),
  completeSync: z.strictObject({ credentialId: z.string(), callbackUrl: z.url() }).optional(),
});

/** Accounts with their people and webhooks, requests and deliveries so far. Secrets stay inside. */
export function describeRollout(world: RolloutWorld) {
  return {
    credentials: world.credentials,
    requests: world.requests,
    deliveries: world.deliveries,
  };
}

/** In the order of the schema, letting go last. Returns what is wrong with the request; undefined when it was done. */
export function controlRollout(world: RolloutWorld, body: unknown): string | undefined {
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { options, held, fail, addTag, ready, completeSync } = parsed.data;
  for (const named of [addTag, ready, completeSync])
    if (named && !world.credentials.some(({ id }) => id === named.credentialId))
      return `There is no credential ${named.credentialId}.`;
  const known = new Set(addTag && world.credential(addTag.credentialId).people.map(({ id }) => id));
  const stranger = addTag?.personIds.find((id) => !known.has(id));
  if (stranger !== undefined) return `There is no person ${stranger}.`;
  Object.assign(world.options, options);
  if (held === true) world.dispatcher.hold();
  if (fail) world.fail(fail.times, fail.status);
  if (addTag) world.addTag(addTag.credentialId, addTag.personIds, addTag.tag);
  if (ready) world.credential(ready.credentialId).ready = ready.ready;
  if (completeSync) world.completeSync(completeSync.credentialId, completeSync.callbackUrl);
  if (held === false) world.dispatcher.release();
  return undefined;
}
