// One outreach as JSON: what the embed page, the console and integrators are given.
import { z } from "zod";
import { callTypeSchema, channelSchema, engagementStatusSchema } from "./values.ts";

export const directionSchema = z.enum(["outbound", "inbound"]);
export type Direction = z.infer<typeof directionSchema>;

export const transcriptRowSchema = z.object({
  at: z.iso.datetime(),
  direction: directionSchema,
  text: z.string(),
  /** Who wrote it, as people call them: an agent's name, the assistant. Only of what went out, and only where it is known. */
  by: z.string().optional(),
});
export type TranscriptRow = z.infer<typeof transcriptRowSchema>;

export const historyRowSchema = z.object({ at: z.iso.datetime(), event: z.string(), detail: z.string() });
export type HistoryRow = z.infer<typeof historyRowSchema>;

/** The engagement of design section 3. Times are ISO 8601 UTC, `duration` is in seconds. */
export const engagementSchema = z.object({
  engagement_id: z.string(),
  domain_name: z.string(),
  status: engagementStatusSchema,
  outcome: z.string().nullable(),
  channel: channelSchema,
  type: callTypeSchema,
  person_id: z.string().nullable(),
  user_id: z.string().nullable(),
  contact: z.string().nullable(),
  started_at: z.iso.datetime().nullable(),
  completed_at: z.iso.datetime().nullable(),
  duration: z.number().nullable(),
  summary: z.string().nullable(),
  transcript: z.array(transcriptRowSchema),
  history: z.array(historyRowSchema),
  parked_reason: z.string().optional(),
  /** Only while it waits for a time that was asked for, or for the person's contact hours: not before then. */
  waits_until: z.iso.datetime().optional(),
});
export type Engagement = z.infer<typeof engagementSchema>;
