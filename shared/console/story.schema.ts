// GET /api/story?tenant=&person_id= or ?engagement_id= : one line in time, from the opened app to the record in Follow Up
// Boss, each line with what is behind it.
import { z } from "zod";
import { severitySchema } from "../journal.schema.ts";
import { channelSchema, engagementStatusSchema } from "../values.ts";

export const storyQuerySchema = z
  .object({
    tenant: z.string().optional(),
    /** The Follow Up Boss account the person lives in, where a brokerage has several. */
    account: z.string().optional(),
    person_id: z.string().min(1).optional(),
    engagement_id: z.string().min(1).optional(),
  })
  .refine(
    ({ tenant, person_id, engagement_id }) =>
      engagement_id !== undefined || (tenant !== undefined && person_id !== undefined),
    "needs engagement_id, or tenant and person_id",
  );
export type StoryQuery = z.output<typeof storyQuerySchema>;

/** What a line is about, for its icon. */
export const STORY_KINDS = [
  "opened",
  "webhook",
  "asked",
  "rule",
  "handed_over",
  "progress",
  "message_out",
  "message_in",
  "outcome",
  "person",
  "record",
  "control",
  "problem",
  "note",
] as const;
export const storyKindSchema = z.enum(STORY_KINDS);
export type StoryKind = z.infer<typeof storyKindSchema>;

/** What was said between the gateway and another system; keys and numbers are masked. */
export const exchangeSchema = z.object({
  /** "Follow Up Boss", "Built-in simulator", … */
  partner: z.string(),
  /** "POST /calls"; null when it is not known. */
  request: z.string().nullable(),
  /** "201", "accepted", …; null when there was no answer. */
  answer: z.string().nullable(),
  /** Their name for it: a call id, an event id, the provider's reference. */
  reference: z.string().nullable(),
  /** Fields of both, as far as kept, in words. */
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type Exchange = z.infer<typeof exchangeSchema>;

export const storyLineSchema = z.object({
  /** Unique in the story and the same in every answer. */
  id: z.string(),
  at: z.iso.datetime(),
  kind: storyKindSchema,
  severity: severitySchema,
  sentence: z.string(),
  /** More of it: the whole message, the reason. */
  detail: z.string().nullable(),
  exchange: exchangeSchema.nullable(),
  engagement_id: z.string().nullable(),
  /** The entry of the journal it comes from. */
  journal_seq: z.number().nullable(),
});
export type StoryLine = z.infer<typeof storyLineSchema>;

export const storySchema = z.object({
  tenant: z.string(),
  person: z.object({ id: z.string().nullable(), name: z.string(), contacts: z.array(z.string()) }),
  /** The outreaches in it, newest first. */
  engagements: z.array(
    z.object({
      engagement_id: z.string(),
      at: z.iso.datetime(),
      channel: channelSchema,
      status: engagementStatusSchema,
      outcome: z.string().nullable(),
      /** The agent's name; null when it went out for the brokerage. */
      by: z.string().nullable(),
      /** Waits for a person's decision. */
      parked_reason: z.string().nullable(),
    }),
  ),
  /** Oldest first. */
  lines: z.array(storyLineSchema),
  /** True when there is more than is shown: the newest are kept. */
  cut: z.boolean(),
});
export type Story = z.infer<typeof storySchema>;
