// Batches of other programs: rows as JSON, or as a CSV file with the same columns (facts: the Hub's bulk API). As with
// single starts, unknown JSON fields are passed over and wrong values of known ones refused; a CSV's unknown column is a
// mistyped one and is refused.
import { z } from "zod";
import { campaignSchema, campaignStartedSchema } from "./campaign.schema.ts";
import { domainNameSchema } from "./settings.schema.ts";
import { callTypeSchema, channelSchema } from "./values.ts";

export const MOST_ROWS = 1000;

const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .optional()
    .transform((text) => text || undefined);
const idText = z.union([z.string().trim().max(64), z.number().int().nonnegative().transform(String)]);

/** One row; everything but the instruction depends on the channel. */
export const bulkRowSchema = z.object({
  instruction: z.string().trim().min(1, "is missing").max(4000),
  phone_number: optionalText(40).describe("E.164, or a North American number."),
  email: optionalText(254),
  email_address: optionalText(254),
  name: optionalText(200),
  channel: channelSchema.optional().describe("Phone when a number is given, else e-mail."),
  call_type: callTypeSchema.optional(),
  scheduled_time: optionalText(60).describe(
    "Not before this time: ISO 8601, 2026-05-31 14:30 or 5/31/2026 2:30 PM.",
  ),
  user_phone_number: optionalText(40).describe("Outreach phone of the agent it goes out for."),
  source_record_id: idText.optional().transform((id) => id || undefined),
  crm_contact_id: idText.optional().transform((id) => id || undefined),
  language: optionalText(20),
  email_subject: optionalText(300),
  email_template_id: idText.optional().transform((id) => id || undefined),
  email_template_name: optionalText(200),
  email_template_params: z.record(z.string(), z.unknown()).optional(),
});
export type BulkRow = z.output<typeof bulkRowSchema>;
export const BULK_COLUMNS = Object.keys(bulkRowSchema.shape) as readonly (keyof BulkRow)[];

/** What a batch says once for all its rows. */
const batchFields = {
  domain_name: domainNameSchema,
  call_type: callTypeSchema.default("informational"),
  language: z.string().trim().max(20).default("en"),
  campaign_name: optionalText(200),
  source_system: optionalText(60),
  source_org_id: optionalText(200),
  source_object: optionalText(60),
};

/** POST /bulk-calls/submit. Rows are checked one by one: a wrong row does not stop the others. */
export const bulkSubmitSchema = z.object({
  ...batchFields,
  rows: z
    .array(z.unknown())
    .min(1, "must have at least one row")
    .max(MOST_ROWS, `may have at most ${MOST_ROWS} rows`),
});

/** Fields beside the file of POST /bulk-calls/upload. */
export const bulkUploadSchema = z.object(batchFields);
export type BulkBatch = z.output<typeof bulkUploadSchema>;

/** 200 of both. `errors` name rows by number from 1, or a file's by line. */
export const bulkAnswerSchema = campaignStartedSchema
  .omit({ status: true })
  .extend({ success: z.literal(true) });
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;

const listedBatchSchema = campaignSchema.extend({
  domain_name: z.string(),
  source: z.string().describe("smart_list, bulk or csv."),
});

/** GET /bulk-calls/batches. `next` is given as `before` for the next page; null on the last. */
export const batchListSchema = z.object({
  batches: z.array(listedBatchSchema),
  next: z.string().nullable(),
});

/** GET /bulk-calls/batches/:id */
export const batchSchema = listedBatchSchema.extend({ errors: z.array(z.string()) });
