// How fast a campaign may go, on a channel or by itself. Whatever is left out is not limited by it.
import { z } from "zod";

export const paceSchema = z.strictObject({
  at_once: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe("Most outreaches going on at the same time."),
  per_minute: z.number().int().min(1).max(6000).optional().describe("Most outreaches started per minute."),
});
export type Pace = z.infer<typeof paceSchema>;
