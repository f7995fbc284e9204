// GET /api/outreach, POST /api/outreach/pause and /resume: one switch for the whole gateway. While it is paused nothing new
// goes out; starts are accepted and wait, what is under way is finished, webhooks and syncing go on.
import { z } from "zod";

/** Body of pause and resume; `by` is shown as who did it, "somebody at the console" when left out. */
export const outreachChangeSchema = z.strictObject({
  by: z.string().trim().min(1).max(80).optional(),
});

export const outreachStateSchema = z.object({
  paused: z.object({ by: z.string(), since: z.iso.datetime() }).nullable(),
  /** Accepted outreaches that have not left yet; without those that wait for their turn in a campaign. */
  waiting: z.number(),
});
export type OutreachState = z.infer<typeof outreachStateSchema>;
