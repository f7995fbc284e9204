// Fan-out: webhooks a brokerage forwards to its own addresses. What a target is, and what the console asks and is told.
import { z } from "zod";

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const CREDENTIALS = /^[^/]*\/\/[^/]*@/;

/** A target's short name, unique within the brokerage. */
export const targetIdSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "must be a short name of letters, digits and hyphens");

const urlSchema = z
  .string()
  .trim()
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text) || CREDENTIALS.test(text)) return false;
    const { protocol, hash } = new URL(text);
    return hash === "" && (protocol === "https:" || protocol === "http:");
  }, "must be a web address like https://example.com/hooks");

const targetFields = {
  id: targetIdSchema,
  url: urlSchema,
  events: z
    .array(z.string().trim().min(1).max(100))
    .min(1)
    .max(100)
    .default(["*"])
    .describe('Names of the events that are forwarded; "*" means all.'),
  enabled: z.boolean().default(true),
  allow_private: z
    .boolean()
    .default(false)
    .describe("The address may lead into the private network or to this machine."),
};

const HTTP_PROBLEM = {
  path: ["url"],
  message: "must start with https:// (http only for a program on this machine, with allow_private)",
};

/** http leaves no secret on any network only if it stays on this machine. */
function mayBeUsed({
  url,
  allow_private: allowed,
}: {
  readonly url: string;
  readonly allow_private: boolean;
}): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (allowed && LOOPBACK.test(hostname));
}

/** POST /api/fan-out/:tenant */
export const fanOutTargetSchema = z.strictObject(targetFields).refine(mayBeUsed, HTTP_PROBLEM);
export type FanOutTarget = z.output<typeof fanOutTargetSchema>;

/** The tenant's setting `fan_out`. */
export const fanOutSchema = z
  .array(fanOutTargetSchema)
  .max(20)
  .refine((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, "has the same target twice");

/** POST /api/fan-out/:tenant/:id/change: what is left out stays. */
export const targetChangeSchema = z.strictObject({
  url: urlSchema.optional(),
  events: targetFields.events.unwrap().optional(),
  enabled: z.boolean().optional(),
  allow_private: z.boolean().optional(),
});
export type TargetChange = z.output<typeof targetChangeSchema>;

/** A target with how it does. Times are ISO 8601. */
export const targetHealthSchema = z.object({
  domain_name: z.string(),
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  enabled: z.boolean(),
  allow_private: z.boolean(),
  last_success_at: z.iso.datetime().nullable(),
  last_failure_at: z.iso.datetime().nullable(),
  /** In words. */
  last_failure: z.string().nullable(),
  /** Forwards that still are to be sent, and those given up. */
  waiting: z.number(),
  dead: z.number(),
  /** When its signing secret was made; null until it is first needed. */
  secret_set_at: z.iso.datetime().nullable(),
  /** Until then the secret before a rotation signs as well. */
  old_secret_until: z.iso.datetime().nullable(),
});
export type TargetHealth = z.infer<typeof targetHealthSchema>;

/** GET /api/fan-out */
export const targetListSchema = z.object({ targets: z.array(targetHealthSchema) });

/** Answer of creation and rotation: the only ones that carry the secret. */
export const targetSecretSchema = z.object({ id: z.string(), secret: z.string() });

export const FORWARD_STATES = ["waiting", "delivered", "dead"] as const;

/** One delivery on its way to one target. */
export const forwardSchema = z.object({
  id: z.number(),
  domain_name: z.string(),
  target: z.string(),
  delivery_id: z.number(),
  /** `webhook-id`, the same at every try. */
  message_id: z.string(),
  event: z.string(),
  state: z.enum(FORWARD_STATES),
  /** Since it was queued or last asked for again. */
  tries: z.number(),
  /** HTTP status of the last answer. */
  status: z.number().nullable(),
  /** What the last try ended in, in words. */
  result: z.string().nullable(),
  created_at: z.iso.datetime(),
  tried_at: z.iso.datetime().nullable(),
  /** When it is tried next. */
  next_at: z.iso.datetime().nullable(),
  replays: z.number(),
});
export type Forward = z.infer<typeof forwardSchema>;

/** GET /api/fan-out-attempts: newest first; `before` is the id the next page begins below. */
export const forwardQuerySchema = z.object({
  tenant: z.string().max(63).optional(),
  target: z.string().max(40).optional(),
  state: z.enum(FORWARD_STATES).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ForwardQuery = z.output<typeof forwardQuerySchema>;

export const forwardPageSchema = z.object({
  attempts: z.array(forwardSchema),
  next: z.number().nullable(),
});

/** POST /api/fan-out-attempts/replay: certain ones, or what a target gave up (at most 1000 a time). */
export const forwardReplaySchema = z.union([
  z.strictObject({ ids: z.array(z.number().int().positive()).min(1).max(1000) }),
  z.strictObject({ tenant: z.string().max(63), target: z.string().max(40) }),
]);
export type ForwardReplay = z.output<typeof forwardReplaySchema>;

/** POST /api/fan-out/:tenant/:id/test */
export const targetTestSchema = z.object({
  delivered: z.boolean(),
  status: z.number().nullable(),
  sentence: z.string(),
  message_id: z.string(),
});
