// The console's campaigns: GET /api/campaigns?tenant=, GET /api/campaigns/:id, GET /api/campaigns/:id/people (query and
// answer of campaign.schema.ts), POST /api/campaigns/:id/{pause,resume,cancel} (answers as GET /api/campaigns/:id).
import { z } from "zod";
import { campaignSchema } from "../campaign.schema.ts";

export const campaignsQuerySchema = z.object({
  tenant: z.string().optional(),
  /** "open": reading, queueing, running or paused. */
  show: z.enum(["all", "open"]).default("all"),
  /** `next` of the page before. */
  before: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type CampaignsQuery = z.output<typeof campaignsQuerySchema>;

export const consoleCampaignSchema = campaignSchema.extend({
  domain_name: z.string(),
  /** "smart_list", "bulk" or "csv". */
  source: z.string(),
  /** The agent's name; null when it goes out for the brokerage. */
  by: z.string().nullable(),
});
export type ConsoleCampaign = z.infer<typeof consoleCampaignSchema>;

export const campaignListSchema = z.object({
  campaigns: z.array(consoleCampaignSchema),
  next: z.string().nullable(),
});
export type CampaignList = z.infer<typeof campaignListSchema>;

export const campaignDetailSchema = z.object({
  campaign: consoleCampaignSchema,
  /** From the list to the outcome, each a part of the one before: list, queued, started, reached. */
  funnel: z.array(
    z.object({ id: z.enum(["list", "queued", "over", "reached"]), label: z.string(), n: z.number() }),
  ),
  /** Why people of the list were left out, most first. */
  left_out: z.array(z.object({ reason: z.string(), label: z.string(), n: z.number() })),
  /** Results over time, in equal steps from the start to the last result; at most 60. */
  chart: z.object({
    step_seconds: z.number(),
    steps: z.array(z.object({ from: z.iso.datetime(), outcomes: z.record(z.string(), z.number()) })),
  }),
});
export type CampaignDetail = z.infer<typeof campaignDetailSchema>;
