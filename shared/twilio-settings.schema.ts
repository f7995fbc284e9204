// Settings of calls, texts and WhatsApp over Twilio: the brokerage's account and how it calls, each agent's own numbers.
// Spread into shared/settings.schema.ts. Sources: Twilio's API (accounts, messaging services, content templates).
import { z } from "zod";
import { phoneText, sid } from "./settings-parts.ts";
import { callTypeSchema } from "./values.ts";

/** An approved WhatsApp template: needed to write first, or more than 24 hours after the contact last wrote. */
export const whatsappTemplateSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  content_sid: sid("HX").min(1, "is needed: the template's Content SID (HX…)"),
  /** Which outreach it opens; the first template that fits is used. */
  call_types: z.array(callTypeSchema).min(1).max(4),
  /** Template variable → text; `{first_name}`, `{agent}`, `{brokerage}` and `{instruction}` are filled in. */
  variables: z.record(z.string().regex(/^\w{1,40}$/), z.string().max(500)).default({}),
});
export type WhatsappTemplate = z.infer<typeof whatsappTemplateSchema>;

export const twilioTenantFields = {
  twilio_account_sid: sid("AC").default("").describe("The brokerage's account at Twilio (Account SID, AC…)."),
  twilio_api_key_sid: sid("SK")
    .default("")
    .describe("API key at Twilio (SK…), used instead of the auth token for requests; optional."),
  twilio_number: phoneText
    .default("")
    .describe(
      "The brokerage's number at Twilio: calls to agents come from it, and texts of agents without one.",
    ),
  twilio_messaging_service_sid: sid("MG")
    .default("")
    .describe("Messaging service at Twilio (MG…) whose numbers send the brokerage's texts; optional."),
  twilio_whatsapp_number: phoneText.default("").describe("The brokerage's WhatsApp sender at Twilio."),
  whatsapp_templates: z
    .array(whatsappTemplateSchema)
    .max(50)
    .default([])
    .describe(
      "Approved WhatsApp templates, for writing first or more than 24 hours after the contact wrote.",
    ),
  voice_mode: z
    .enum(["agent_first", "announcement"])
    .default("agent_first")
    .describe(
      "agent_first: the agent's phone rings, and pressing 1 calls the contact. announcement: informational calls are spoken to the contact by a machine, which needs their prior consent.",
    ),
  voicemail_text: z
    .string()
    .trim()
    .max(1000)
    .default("")
    .describe("What is said to a contact's voicemail; nothing is left when empty."),
  call_ring_seconds: z
    .number()
    .int()
    .min(5)
    .max(120)
    .default(25)
    .describe("Seconds a contact's phone rings before the call counts as not answered."),
  calls_per_second: z
    .number()
    .min(0.1)
    .max(50)
    .default(1)
    .describe("Calls per second the Twilio account may start; one unless Twilio raised it."),
  record_calls: z
    .boolean()
    .default(false)
    .describe("Record calls with agents. The recording notice is said to the contact first."),
  recording_notice: z
    .string()
    .trim()
    .max(300)
    .default("This call may be recorded.")
    .describe("What the contact hears before a recorded call."),
};

/** Tenant secrets. The auth token also proves that what Twilio sends is Twilio's, so it is needed besides an API key. */
export const TWILIO_TENANT_SECRETS = {
  twilio_auth_token: "Auth token of the brokerage's Twilio account; also proves what Twilio sends.",
  twilio_api_key_secret: "Secret of the brokerage's API key at Twilio; only with twilio_api_key_sid.",
} as const;

export const twilioUserFields = {
  twilio_number: phoneText
    .default("")
    .describe("The agent's own number at Twilio: their texts come from it."),
  twilio_messaging_service_sid: sid("MG")
    .default("")
    .describe("The agent's own messaging service at Twilio (MG…); optional."),
  twilio_whatsapp_number: phoneText
    .default("")
    .describe("The agent's own WhatsApp sender at Twilio; optional."),
  caller_id: z
    .enum(["own_phone", "twilio_number"])
    .default("own_phone")
    .describe(
      "What contacts see when the agent calls over Twilio: own_phone is the outreach phone, once verified at Twilio; twilio_number the number at Twilio.",
    ),
};
