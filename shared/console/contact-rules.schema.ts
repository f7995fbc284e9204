// The console's contract for the contact rules: whom not to contact, hours, the ledger. Times ISO 8601 UTC.
import { z } from "zod";
import { channelSchema } from "../values.ts";

export const suppressionSchema = z.object({
  id: z.number(),
  tenant: z.string(),
  kind: z.enum(["opt_out", "do_not_call"]),
  /** E.164 or address; null where only the person is known. */
  contact: z.string().nullable(),
  person_id: z.string().nullable(),
  /** "all", or the channel it holds for. */
  scope: z.string(),
  /** "keyword", "free_text", "voice", "unsubscribe_link", "agent", "console", "crm_tag", "carrier", "import". */
  source: z.string(),
  /** What they said, or where it came from. */
  said: z.string().nullable(),
  engagement_id: z.string().nullable(),
  created_by: z.string().nullable(),
  created_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  ended_by: z.string().nullable(),
});
export type Suppression = z.infer<typeof suppressionSchema>;

/** GET /api/suppressions */
export const suppressionQuerySchema = z.object({
  tenant: z.string(),
  kind: z.enum(["opt_out", "do_not_call"]).optional(),
  /** A number in any form, an address or a part of it, a person's id. */
  search: z.string().max(200).optional(),
  /** "active" (the default), "ended", or "all". */
  state: z.enum(["active", "ended", "all"]).default("active"),
  /** Id of the last one seen: the next page, newest first. */
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type SuppressionQuery = z.output<typeof suppressionQuerySchema>;
export const suppressionPageSchema = z.object({
  suppressions: z.array(suppressionSchema),
  next: z.number().nullable(),
  /** Active ones of the brokerage. */
  counts: z.object({ opt_out: z.number(), do_not_call: z.number() }),
});
export type SuppressionPage = z.infer<typeof suppressionPageSchema>;

/** POST /api/suppressions: somebody of the brokerage enters a number or an address. */
export const addSuppressionSchema = z.strictObject({
  tenant: z.string(),
  kind: z.enum(["opt_out", "do_not_call"]),
  contact: z.string().trim().min(3).max(254),
  scope: z.union([z.literal("all"), channelSchema]).default("all"),
  note: z.string().trim().max(300).default(""),
});
export type AddSuppression = z.output<typeof addSuppressionSchema>;
export const addedSuppressionSchema = z.object({ suppression: suppressionSchema, added: z.boolean() });

/**
 * POST /api/suppressions/:id/end, in two steps: without `confirm` the answer says what would follow; with `confirm` (the
 * number or address, typed once more) and the reason it is done.
 */
export const endSuppressionSchema = z.strictObject({
  reason: z.string().trim().max(300).default(""),
  confirm: z.string().trim().max(254).optional(),
});
export const endedSuppressionSchema = z.object({
  ended: z.boolean(),
  /** What was done, or what would follow. */
  sentence: z.string(),
  suppression: suppressionSchema,
});
export type EndedSuppression = z.infer<typeof endedSuppressionSchema>;

/** POST /api/suppressions/import?tenant=&name= with the CSV file as text/csv. */
export const importedSchema = z.object({
  added: z.number(),
  /** Stood there before. */
  known: z.number(),
  invalid: z.array(z.object({ line: z.number(), text: z.string() })),
  /** Lines beyond those listed in `invalid`. */
  more_invalid: z.number(),
});
export type Imported = z.infer<typeof importedSchema>;

/** GET /api/ledger */
export const ledgerQuerySchema = z.object({
  tenant: z.string(),
  search: z.string().max(200).optional(),
  decision: z.enum(["allowed", "held", "refused"]).optional(),
  rule: z.string().max(60).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type LedgerQuery = z.output<typeof ledgerQuerySchema>;

export const ledgerRowSchema = z.object({
  id: z.number(),
  at: z.iso.datetime(),
  engagement_id: z.string().nullable(),
  campaign_id: z.string().nullable(),
  channel: channelSchema,
  contact: z.string().nullable(),
  person_id: z.string().nullable(),
  user_id: z.string().nullable(),
  stage: z.enum(["queue", "launch", "message"]),
  decision: z.enum(["allowed", "held", "refused"]),
  rule: z.string().nullable(),
  /** What was looked at, in words where there are any. */
  detail: z.string().nullable(),
});
export type LedgerRow = z.infer<typeof ledgerRowSchema>;
export const ledgerPageSchema = z.object({ rows: z.array(ledgerRowSchema), next: z.number().nullable() });
export type LedgerPage = z.infer<typeof ledgerPageSchema>;

/** GET /api/contact-hours, and POST /api/contact-hours/file, which puts the built-in rules into a file for editing. */
export const contactHoursSchema = z.object({
  origin: z.enum(["built-in", "file"]),
  /** Where the file is, or would be. */
  file: z.string(),
  /** What is wrong with the file, so that the built-in rules hold; null when nothing is. */
  problem: z.string().nullable(),
  rules: z.array(
    z.object({
      regions: z.string(),
      window: z.string(),
      source: z.string(),
      as_of: z.string(),
      status: z.string(),
    }),
  ),
});
export type ContactHours = z.infer<typeof contactHoursSchema>;

/** GET /api/contact-hours/check?tenant=&number=&channel=&at= : what the rules say for a number at a moment. */
export const hoursCheckSchema = z.object({
  contact: z.string(),
  open: z.boolean(),
  sentence: z.string(),
  until: z.iso.datetime().nullable(),
  zones: z.array(z.string()),
});
export type HoursCheck = z.infer<typeof hoursCheckSchema>;
