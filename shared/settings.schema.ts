// Every setting of the product: type, limits, default, one-line doc. A new setting is one line here.
// Plain values live in the settings file, names listed in *_SECRETS only in the vault.
import { z } from "zod";
import { contactTenantFields } from "./contact-settings.schema.ts";
import { CONVERSATION_TENANT_SECRETS, conversationTenantFields } from "./conversation-settings.schema.ts";
import { fanOutSchema } from "./fan-out.schema.ts";
import { MAIL_TENANT_SECRETS, mailTenantFields, mailUserFields } from "./mail-settings.schema.ts";
import { paceSchema } from "./pace.schema.ts";
import { baseUrlSchema, networkList, phoneText, publicUrlSchema } from "./settings-parts.ts";
import { tagStartsSchema } from "./tag-starts.schema.ts";
import { TUNNEL_SECRETS, tunnelFields } from "./tunnel-settings.schema.ts";
import { TWILIO_TENANT_SECRETS, twilioTenantFields, twilioUserFields } from "./twilio-settings.schema.ts";
import { CHANNELS, type Channel, type channelSchema, fubCallOutcomeSchema, OUTCOMES } from "./values.ts";

/**
 * Who carries a channel: the built-in simulator, the Aventora Engagement Hub, Twilio (calls, texts, WhatsApp), the
 * brokerage's own mail server (smtp), or the gateway's own chat page (chat).
 */
export const PROVIDERS = ["simulator", "hub", "twilio", "smtp", "chat"] as const;
export const providerSchema = z.enum(PROVIDERS);
export type ProviderName = z.infer<typeof providerSchema>;

/** Channels each provider can carry. */
export const CARRIES: Readonly<Record<ProviderName, readonly Channel[]>> = {
  simulator: CHANNELS,
  hub: CHANNELS,
  twilio: ["phone", "sms", "wmsg", "wvoice"],
  smtp: ["email"],
  chat: ["chat"],
};

/** CRMs a tenant may use: Follow Up Boss, any CRM behind Rollout's Universal API, or none: no syncing, no embeds. */
export const CRM_PROVIDERS = ["followup_boss", "rollout", "none"] as const;
export type CrmProvider = (typeof CRM_PROVIDERS)[number];

/** A path on the Hub; `:id` stands for the engagement's id there. */
const hubPath = z
  .string()
  .trim()
  .regex(/^\/\S*$/, "must be a path starting with /")
  .max(300);
const port = z.number().int().min(0).max(65_535);

/** A tenant's slug: how the brokerage is named in addresses. */
export const domainNameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "must be a short name of letters, digits and hyphens");

export const platformFields = {
  FUB_SYSTEM: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .default("Aventora")
    .describe("Name this gateway is registered under at Follow Up Boss; sent with every request."),
  SERVER_URL: publicUrlSchema
    .optional()
    .describe("Public https address of this gateway, used in embed addresses and webhooks only."),
  INTERNAL_START_URL: baseUrlSchema
    .optional()
    .describe(
      "Address of an Aventora Engagement Hub that runs outreach; empty means this gateway's own engine.",
    ),
  HOST: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .default("127.0.0.1")
    .describe("Network address the public listener is bound to."),
  TRUSTED_PROXIES: networkList
    .default("")
    .describe(
      "Addresses or networks (CIDR, separated by commas) of proxies on other computers or in front of a container; what they say in X-Forwarded-For is believed.",
    ),
  PORT: port.default(8010).describe("Port of the public listener (embeds, webhooks, integrators)."),
  ADMIN_PORT: port.default(8011).describe("Port of the console; always on this machine only."),
  FUB_API_BASE_URL: baseUrlSchema
    .default("https://api.followupboss.com/v1")
    .describe("Address of the Follow Up Boss API."),
  ROLLOUT_API_BASE_URL: baseUrlSchema
    .default("https://crm.universal.rollout.com/api")
    .describe("Address of Rollout's Universal CRM API."),
  TWILIO_API_BASE_URL: baseUrlSchema.default("https://api.twilio.com").describe("Address of Twilio's API."),
  allow_private: z
    .boolean()
    .default(false)
    .describe("The addresses of the Hub and of the APIs may lead into the private network."),
  ROLLOUT_CLIENT_ID: z
    .string()
    .trim()
    .max(200)
    .default("")
    .describe("Client ID of this gateway at Rollout; needed for brokerages whose CRM is reached through it."),
  SIMULATOR_SPEED: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .describe("Factor on the built-in simulator's waiting times; 0 means no waiting."),
  LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"])
    .default("info")
    .describe("How much the process log says."),
  HUB_START_PATH: hubPath
    .default("/integration/start")
    .describe("Path on the Hub that starts one engagement."),
  HUB_STATUS_PATH: hubPath
    .default("/integration/engagements/:id")
    .describe("Path on the Hub that tells one engagement's state."),
  HUB_PAUSE_PATH: hubPath
    .default("/integration/engagements/:id/pause")
    .describe("Path on the Hub that pauses one engagement."),
  HUB_RESUME_PATH: hubPath
    .default("/integration/engagements/:id/resume")
    .describe("Path on the Hub that resumes one engagement."),
  HUB_CANCEL_PATH: hubPath
    .default("/integration/engagements/:id/cancel")
    .describe("Path on the Hub that cancels one engagement."),
  HUB_POLL_SECONDS: z.coerce
    .number()
    .min(0.05)
    .max(3600)
    .default(15)
    .describe(
      "Seconds between questions to the Hub about a running engagement, since its notices may be lost.",
    ),
  HUB_APPOINTMENT_TYPE: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .default("appointment_booking")
    .describe("Word the Hub uses for the call type Appointment booking."),
  HUB_CONFIRMATION_TYPE: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .default("confirmational")
    .describe("Word the Hub uses for the call type Confirmational."),
  journal_days: z.number().int().min(1).max(3650).default(90).describe("Days journal entries are kept."),
  journal_rows: z
    .number()
    .int()
    .min(1000)
    .max(10_000_000)
    .default(500_000)
    .describe("Most journal entries kept; the oldest go first."),
  integrator_requests_per_minute: z
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(20_000)
    .describe("Most requests per minute one integrator key may make."),
  ...tunnelFields,
};

/** Platform secrets (seed 000, "One-time platform setup"). */
export const PLATFORM_SECRETS = {
  FUB_SYSTEM_KEY:
    "System key from the registration at Follow Up Boss; signs webhooks and is the last candidate for embeds.",
  FUB_EMBEDDED_APP_SECRET: "Secret of a single-contact app shared by all brokerages of this gateway.",
  FUB_CAMPAIGN_EMBEDDED_APP_SECRET: "Secret of a campaign app shared by all brokerages of this gateway.",
  ROLLOUT_CLIENT_SECRET: "Client secret at Rollout; signs what the gateway asks and what Rollout sends.",
  ROLLOUT_WEBHOOK_SECRET:
    "Secret of Rollout's webhooks where it is not the client secret; leave empty unless Rollout gave one.",
  ...TUNNEL_SECRETS,
} as const;

export const userFields = {
  id: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[\w.@-]+$/, "may have letters, digits, dot, hyphen, underscore and @")
    .describe("The agent's id within the brokerage."),
  name: z.string().trim().max(200).default("").describe("The agent's name as people know it."),
  email: z
    .string()
    .trim()
    .max(320)
    .refine((text) => text === "" || z.email().safeParse(text).success, "is not an e-mail address")
    .default("")
    .describe("The agent's e-mail; used to recognise them when the phone does not match."),
  default_broker_phone: phoneText
    .default("")
    .describe(
      "The agent's outreach phone: caller ID, and the number that must match their Follow Up Boss profile.",
    ),
  display_number: phoneText
    .default("")
    .describe(
      "A second outreach number of the agent; used as caller ID when the outreach phone is empty, and for matching.",
    ),
  ...twilioUserFields,
  ...mailUserFields,
};

/** User secrets (seed 000, "Per-user settings"). */
export const USER_SECRETS = {
  fub_api_key: "The agent's own Follow Up Boss key; required in Track B.",
  fub_embedded_app_secret:
    "Secret of the single-contact app the agent registered in their own Follow Up Boss.",
  fub_campaign_embedded_app_secret:
    "Secret of the campaign app the agent registered in their own Follow Up Boss; each app has its own.",
} as const;

/** Hub outcome → Follow Up Boss call outcome; null means the call is logged without an outcome. */
export const outcomeMappingSchema = z.partialRecord(z.enum(OUTCOMES), fubCallOutcomeSchema.nullable());

export const channelsSchema = z.strictObject(
  Object.fromEntries(CHANNELS.map((channel) => [channel, providerSchema.optional()])) as Record<
    z.infer<typeof channelSchema>,
    z.ZodOptional<typeof providerSchema>
  >,
);

/** Limits on campaigns per channel and Follow Up Boss account; what is left out has the product's default. */
export const channelPaceSchema = z.strictObject({
  phone: paceSchema.optional(),
  sms: paceSchema.optional(),
  email: paceSchema.optional(),
});

export const tenantFields = {
  domain_name: domainNameSchema.describe(
    "The brokerage's short name; equals the Follow Up Boss account domain in Track A.",
  ),
  track: z
    .enum(["A", "B"])
    .default("A")
    .describe("A: one Follow Up Boss account for the team. B: one account per agent."),
  crm_sync_provider: z
    .enum(CRM_PROVIDERS)
    .default("followup_boss")
    .describe("Which CRM the brokerage works in."),
  rollout_credential_id: z
    .string()
    .trim()
    .max(200)
    .regex(/^[\w.:-]*$/, "must be an id as Rollout shows it")
    .default("")
    .describe("The brokerage's connected account at Rollout (credential id); only with the CRM rollout."),
  rollout_consumer_key: z
    .string()
    .trim()
    .max(200)
    .default("")
    .describe(
      "For whom the account was connected at Rollout (consumer key); the brokerage's short name when empty.",
    ),
  fub_sync_contacts: z
    .boolean()
    .default(true)
    .describe("Find or create people in Follow Up Boss and write calls and notes onto them."),
  fub_start_call_tag: z
    .string()
    .trim()
    .max(200)
    .default("")
    .describe("Tag that starts an outreach when added to a person in Follow Up Boss."),
  tag_starts: tagStartsSchema
    .default([])
    .describe("Further tags that start an outreach, each over its own channel and for its own purpose."),
  fan_out: fanOutSchema
    .default([])
    .describe("The brokerage's own addresses to which webhooks are forwarded."),
  default_broker_phone: phoneText
    .default("")
    .describe("The brokerage's outreach phone when no agent is known."),
  channels: channelsSchema
    .default({})
    .describe("Who carries each channel; the built-in simulator unless set."),
  outcome_mapping: outcomeMappingSchema
    .default({})
    .describe("Changes to the standard table of outcomes written to Follow Up Boss."),
  cool_down_minutes: z
    .number()
    .min(0)
    .max(43_200)
    .default(0)
    .describe(
      "Minutes that must pass before the same person is contacted again on the same channel; 0 means none.",
    ),
  pace: channelPaceSchema
    .default({})
    .describe("How many campaign outreaches go on at once, and start per minute, on each channel."),
  hub_url: publicUrlSchema.optional().describe("Address of the brokerage's own Aventora Engagement Hub."),
  hub_allow_private: z
    .boolean()
    .default(false)
    .describe("The Hub's address may lead into the private network."),
  hub_writes_to_crm: z
    .boolean()
    .default(false)
    .describe(
      "On when the Hub itself writes to Follow Up Boss; the gateway then writes nothing for the Hub's outreach.",
    ),
  ...contactTenantFields,
  ...twilioTenantFields,
  ...mailTenantFields,
  ...conversationTenantFields,
};

/** Tenant secrets (seed 000, "Tenant settings", and the Hub's). */
export const TENANT_SECRETS = {
  fub_api_key: "The brokerage's Follow Up Boss key; the owner's if tags start outreach.",
  fub_embedded_app_secret: "Secret of the brokerage's single-contact app.",
  fub_campaign_embedded_app_secret: "Secret of the brokerage's campaign app.",
  call_management_api_key: "Key with which other programs start outreach for the brokerage.",
  hub_api_key:
    "Key of the brokerage at the Aventora Engagement Hub; the call-management key is used when empty.",
  webhook_secret:
    "Accepts webhooks signed over the raw body with this secret, besides Follow Up Boss's own signature; leave empty unless a program in between signs so.",
  hub_webhook_secret: "Secret the Hub sends with its notices.",
  ...TWILIO_TENANT_SECRETS,
  ...MAIL_TENANT_SECRETS,
  ...CONVERSATION_TENANT_SECRETS,
} as const;

export const userSchema = z.strictObject(userFields);
export const tenantSchema = z.strictObject({
  ...tenantFields,
  users: z.array(userSchema).max(2000).default([]),
});
export const platformSchema = z.strictObject(platformFields);

/** What the settings file holds. `version` is the upgrade chain's. */
export const settingsSchema = z.strictObject({
  version: z.literal(1),
  /** Names this data folder in the keychain; made once. */
  installation_id: z.string().min(8).max(64),
  /** Where secrets are kept; chosen at first start and never changed behind the admin's back. */
  vault: z.enum(["keychain", "file"]).nullable(),
  platform: platformSchema,
  tenants: z.array(tenantSchema).max(1000),
  /** Which secrets the vault holds, by name, and since when; never the secrets themselves. */
  secrets: z.record(z.string(), z.strictObject({ set_at: z.iso.datetime() })).default({}),
  /** Brokerages that were here and are not any more: their webhooks are told so, and Follow Up Boss stops sending. */
  removed_tenants: z.array(z.string()).default([]),
});

export type Settings = z.infer<typeof settingsSchema>;
export type PlatformSettings = z.infer<typeof platformSchema>;
export type TenantSettings = z.infer<typeof tenantSchema>;
export type UserSettings = z.infer<typeof userSchema>;
export type PlatformSecret = keyof typeof PLATFORM_SECRETS;
export type TenantSecret = keyof typeof TENANT_SECRETS;
export type UserSecret = keyof typeof USER_SECRETS;

/** Settings an environment variable may set (design section 3); the variable wins and the console shows the lock. */
export const ENVIRONMENT_SETTINGS = [
  "FUB_SYSTEM",
  "SERVER_URL",
  "INTERNAL_START_URL",
  "HOST",
  "TRUSTED_PROXIES",
  "PORT",
  "ADMIN_PORT",
  "FUB_API_BASE_URL",
  "ROLLOUT_API_BASE_URL",
  "TWILIO_API_BASE_URL",
  "ROLLOUT_CLIENT_ID",
  "SIMULATOR_SPEED",
  "LOG_LEVEL",
] as const satisfies readonly (keyof PlatformSettings)[];

/** Secrets an environment variable may set. */
export const ENVIRONMENT_SECRETS = [
  "FUB_SYSTEM_KEY",
  "FUB_EMBEDDED_APP_SECRET",
  "FUB_CAMPAIGN_EMBEDDED_APP_SECRET",
  "ROLLOUT_CLIENT_SECRET",
  "ROLLOUT_WEBHOOK_SECRET",
] as const satisfies readonly PlatformSecret[];
