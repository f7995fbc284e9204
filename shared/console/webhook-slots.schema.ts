// GET /api/webhook-slots: who holds the places for webhooks at the CRM, as last compared.
// POST /api/webhook-slots/reconcile and /remove {tenant}.
import { z } from "zod";

/** What the last comparison did or found; failed: it could not be made. */
export const SLOT_RESULTS = ["kept", "added", "woken", "moved", "full", "failed"] as const;

export const webhookSlotSchema = z.object({
  domain_name: z.string(),
  /** "" for the brokerage's account. */
  account: z.string(),
  event: z.string(),
  /** What the event means, in words. */
  meaning: z.string().nullable(),
  /** Where this gateway wants it delivered. */
  url: z.string(),
  result: z.string(),
  /** Other addresses of this system that hold places of the event. */
  holders: z.array(z.string()),
  /** Why it failed. */
  sentence: z.string().nullable(),
  /** Epoch ms. */
  checked_at: z.number(),
  /** When such an event last came from this account; null when none is among the newest few hundred. */
  last_received_at: z.iso.datetime().nullable(),
});
export type WebhookSlot = z.infer<typeof webhookSlotSchema>;

export const webhookSlotsSchema = z.object({ slots: z.array(webhookSlotSchema) });
export const slotCheckSchema = z.object({ registered: z.boolean(), message: z.string() });
export const slotsRemovedSchema = z.object({ removed: z.number() });
