// The inspector's contract: webhook deliveries as the console sees them.
import { z } from "zod";

export const DELIVERY_STATES = ["stored", "waiting", "done", "failed"] as const;

export const deliverySchema = z.object({
  id: z.number(),
  domain_name: z.string(),
  source: z.string(),
  /** Which account its address names; "" for the brokerage's. */
  account: z.string(),
  event_id: z.string(),
  event: z.string(),
  /** What the event means, in words; null for events not known here. */
  meaning: z.string().nullable(),
  event_created: z.iso.datetime().nullable(),
  received_at: z.iso.datetime(),
  signature: z.enum(["official", "raw_body"]),
  state: z.enum(DELIVERY_STATES),
  result: z.string().nullable(),
  processed_at: z.iso.datetime().nullable(),
  replays: z.number(),
  recovered: z.boolean(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveryDetailSchema = deliverySchema.extend({
  headers: z.record(z.string(), z.string()),
  /** Redacted text. */
  body: z.string(),
  /** What it led to. */
  engagements: z.array(
    z.object({
      engagement_id: z.string(),
      person_id: z.string().nullable(),
      status: z.string(),
      outcome: z.string().nullable(),
    }),
  ),
});
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;

/** GET /api/deliveries: newest first; `before` is the id the next page begins below. */
export const deliveryQuerySchema = z.object({
  tenant: z.string().max(63).optional(),
  event: z.string().max(100).optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  /** Text in the event id, the body or the result. */
  search: z.string().trim().max(100).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliveryQuery = z.output<typeof deliveryQuerySchema>;

export const deliveryPageSchema = z.object({
  deliveries: z.array(deliverySchema),
  next: z.number().nullable(),
});

/** GET /api/rejected-deliveries */
export const rejectedDeliverySchema = z.object({
  id: z.number(),
  domain_name: z.string(),
  source: z.string(),
  received_at: z.iso.datetime(),
  reason: z.string(),
  sentence: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export const rejectedPageSchema = z.object({
  rejected: z.array(rejectedDeliverySchema),
  next: z.number().nullable(),
});

/** POST /api/deliveries/replay */
export const replaySchema = z.strictObject({ ids: z.array(z.number().int().positive()).min(1).max(1000) });
