// What another process may have the pretend Follow Up Boss do about webhooks. Asked by the control door.
import { z } from "zod";
import type { FubWorld } from "../fub/create-fub-world.ts";

const ms = z.number().min(0);
const optionsSchema = z.strictObject({
  retryMs: z.array(ms),
  giveUpAfterMs: ms,
  timeoutMs: ms,
  disableAfter: z.int().min(1),
  idsPerDelivery: z.int().min(1),
  phpEscapes: z.boolean(),
  uriOrigin: z.url(),
  reverseWithinMs: ms,
  twice: z.boolean(),
  drop: z.boolean(),
  wrongSignature: z.boolean(),
});
const controlSchema = z.strictObject({
  options: optionsSchema.partial().optional(),
  /** Keeps deliveries back until false is sent. */
  held: z.boolean().optional(),
  addTag: z
    .strictObject({
      domain: z.string(),
      personIds: z.array(z.int().min(1)),
      tag: z.union([z.string(), z.array(z.string())]),
    })
    .optional(),
});

/** Options first, then the tag, then letting go. Returns what is wrong with the request; undefined when it was done. */
export function controlWebhooks(world: FubWorld, body: unknown): string | undefined {
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { options, held, addTag } = parsed.data;
  if (addTag && !world.accounts.some(({ domain }) => domain === addTag.domain))
    return `There is no account ${addTag.domain}.`;
  Object.assign(world.options.webhooks, options);
  if (held === true) world.dispatcher.hold();
  if (addTag) {
    const people = new Set(world.account(addTag.domain).people.map(({ id }) => id));
    world.addTag(
      addTag.domain,
      addTag.personIds.filter((id) => people.has(id)),
      addTag.tag,
    );
  }
  if (held === false) world.dispatcher.release();
  return undefined;
}
