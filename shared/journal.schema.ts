// One line of the journal: what happened, for whom, why. What support staff read.
import { z } from "zod";

export const SEVERITIES = ["info", "warn", "error"] as const;
export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

export const journalEntrySchema = z.object({
  /** Grows by one with each entry of this data folder; gaps mean entries were dropped by retention. */
  seq: z.number().int(),
  at: z.iso.datetime(),
  severity: severitySchema,
  /** Machine name, "embed.opened", "activity.synced", … */
  event: z.string(),
  /** The sentence for people; phones and addresses are masked. */
  message: z.string(),
  tenant: z.string().nullable(),
  user_id: z.string().nullable(),
  person_id: z.string().nullable(),
  engagement_id: z.string().nullable(),
  channel: z.string().nullable(),
  /** Of the outreach it ends; null for every other entry. */
  outcome: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

export const journalQuerySchema = z.object({
  tenant: z.string().optional(),
  severity: severitySchema.optional(),
  event: z.string().optional(),
  person_id: z.string().optional(),
  user_id: z.string().optional(),
  engagement_id: z.string().optional(),
  channel: z.string().optional(),
  outcome: z.string().optional(),
  /** Words that must all be found in message, event, ids or detail; each may be the beginning of a longer one. */
  q: z.string().max(200).optional(),
  /** The same under its older name. */
  search: z.string().max(200).optional(),
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  /** Entries older than this seq: the next page of a newest-first list. */
  before_seq: z.coerce.number().int().optional(),
  /** Entries newer than this seq: what was missed by a follower. */
  after_seq: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type JournalQuery = z.infer<typeof journalQuerySchema>;
