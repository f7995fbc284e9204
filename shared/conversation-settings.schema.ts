// Settings of conversations: chat links, and automated answers by a language model, which are off unless a channel is
// named. Spread into shared/settings.schema.ts.
import { z } from "zod";
import { baseUrlSchema, isLoopbackHost } from "./settings-parts.ts";

/** Channels a language model may answer on. */
export const AUTOMATED_CHANNELS = ["phone", "sms", "wmsg", "chat", "email"] as const;
export const automatedChannelSchema = z.enum(AUTOMATED_CHANNELS);
export type AutomatedChannel = z.infer<typeof automatedChannelSchema>;

const modelUrl = baseUrlSchema.refine(
  (text) => text.startsWith("https://") || isLoopbackHost(new URL(text).hostname),
  "must start with https:// unless the model runs on this computer",
);

export const conversationTenantFields = {
  automated_channels: z
    .array(automatedChannelSchema)
    .max(AUTOMATED_CHANNELS.length)
    .transform((channels) => [...new Set(channels)])
    .default([])
    .describe(
      "Channels on which a language model answers contacts; nobody but agents answers on the others.",
    ),
  llm_url: modelUrl
    .optional()
    .describe(
      "Address of an OpenAI-compatible model server, like https://api.openai.com/v1 or http://localhost:11434/v1.",
    ),
  llm_allow_private: z
    .boolean()
    .default(false)
    .describe("The model server's address may lead into the private network."),
  llm_model: z.string().trim().max(200).default("").describe("Name of the model there."),
  llm_tokens_field: z
    .enum(["max_tokens", "max_completion_tokens"])
    .default("max_tokens")
    .describe(
      "How the model server calls its limit on answers; newer OpenAI models want max_completion_tokens.",
    ),
  llm_max_turns: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(12)
    .describe("Most automated answers in one conversation; then an agent takes over."),
  llm_max_minutes: z
    .number()
    .int()
    .min(1)
    .max(10_080)
    .default(1_440)
    .describe("Minutes after its start in which a conversation is answered automatically."),
  llm_max_cost: z
    .number()
    .min(0)
    .max(1_000)
    .default(0.5)
    .describe(
      "Most that the model may cost in one conversation, in US dollars, by the two prices below; 0 means no limit.",
    ),
  llm_price_in: z
    .number()
    .min(0)
    .max(1_000)
    .default(0)
    .describe("US dollars per million tokens the model reads."),
  llm_price_out: z
    .number()
    .min(0)
    .max(1_000)
    .default(0)
    .describe("US dollars per million tokens the model writes."),
  conversation_hours: z
    .number()
    .min(0.1)
    .max(720)
    .default(24)
    .describe("Hours without a word after which a conversation by text counts as over."),
  chat_link_hours: z.number().int().min(1).max(720).default(72).describe("Hours a chat link stays open."),
};

export const CONVERSATION_TENANT_SECRETS = {
  llm_api_key: "Key of the brokerage at the model server; none is needed for most that run on this computer.",
} as const;
