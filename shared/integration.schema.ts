// What other programs send to start outreach (seed 000's appendix; the Hub's documented fields). Fields we do not know
// are passed over, since these programs were written for more than this gateway; wrong values of known ones are refused.
import { z } from "zod";
import { emailExtraFields } from "./email-extras.schema.ts";
import { CRM_PROVIDERS, domainNameSchema } from "./settings.schema.ts";
import { callTypeSchema, channelSchema } from "./values.ts";

const common = {
  domain_name: domainNameSchema.describe("The brokerage's short name."),
  type: callTypeSchema.default("informational").describe("Call type; e-mail allows informational only."),
  channel: channelSchema.optional().describe("Channel; phone when a number is given, else e-mail."),
  instruction: z.string().trim().max(4000).optional().describe("What to say or find out."),
  language: z
    .string()
    .trim()
    .max(20)
    .optional()
    .describe("For the Aventora Hub; what the gateway sends itself is in the language of the instruction."),
  ...emailExtraFields,
  external_user_id: z
    .string()
    .trim()
    .max(100)
    .optional()
    .describe("Agent on whose behalf it goes out; the brokerage when left out."),
  scheduled_time: z
    .string()
    .trim()
    .max(60)
    .optional()
    .describe(
      "Not before this time: ISO 8601, or without a zone by the gateway's own clock: 2026-05-31T14:30, 5/31/2026 2:30 PM.",
    ),
};

const idText = z.union([z.string().trim().min(1).max(64), z.number().int().nonnegative()]).transform(String);
const phoneNumber = z.string().trim().min(1).max(40).describe("E.164, or a North American number.");
const emailAddress = z.string().trim().min(3).max(254);

/** POST /integration/followupboss/start-from-person */
export const startFromPersonSchema = z.object({
  ...common,
  person_id: idText.describe("Person id in the brokerage's CRM."),
});

/** POST /integration/start */
export const integrationStartSchema = z.object({
  ...common,
  phone_number: phoneNumber.optional(),
  email_address: emailAddress.optional(),
  client_email: emailAddress.optional(),
  client_name: z.string().trim().max(200).optional(),
  source_record_id: idText
    .optional()
    .describe("The person's id in the source system; used when that is the brokerage's CRM."),
  source_org_id: z.string().max(200).optional(),
  source_system: z.string().trim().max(60).optional(),
});

/** POST /start: the direct start; the agent is named `user_id` there. */
export const directStartSchema = integrationStartSchema.omit({ external_user_id: true }).extend({
  user_id: z.string().trim().max(100).optional().describe("Agent on whose behalf it goes out."),
});

export type StartFromPerson = z.output<typeof startFromPersonSchema>;
export type IntegrationStart = z.output<typeof integrationStartSchema>;
export type DirectStart = z.output<typeof directStartSchema>;

/** 202 of every start. `/start` adds `call_sid`, the same id under the name that route's callers know. */
export const startedSchema = z.object({
  engagement_id: z.string(),
  status: z.literal("accepted"),
  call_sid: z.string().optional(),
});

/** POST /account-settings/test-crm-connection */
export const testConnectionSchema = z.object({
  domain_name: domainNameSchema,
  crm_sync_provider: z.enum(CRM_PROVIDERS).default("followup_boss"),
  fub_api_key: z
    .string()
    .trim()
    .max(4096)
    .optional()
    .describe("Key to test; a masked or missing one means the saved key."),
  fub_sync_contacts: z.boolean().optional(),
  register_fub_webhook: z.boolean().default(false).describe("Asks for the webhook to be registered as well."),
});
export type TestConnection = z.output<typeof testConnectionSchema>;

export const connectionResultSchema = z.object({
  success: z.boolean(),
  message: z.string(),
  code: z.string().nullable(),
  account: z
    .object({ id: z.string(), domain: z.string().nullable(), name: z.string().nullable() })
    .nullable(),
  user: z
    .object({ id: z.string(), name: z.string().nullable(), is_owner: z.boolean().nullable() })
    .nullable(),
  webhook: z.object({ requested: z.boolean(), registered: z.boolean(), message: z.string() }),
});
export type ConnectionResult = z.infer<typeof connectionResultSchema>;

export const errorBodySchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
