// The console's contract for real channels: is each set up, and does it work when it is asked.
import { z } from "zod";
import { providerSchema } from "../settings.schema.ts";
import { channelSchema } from "../values.ts";

export const findingSchema = z.object({
  state: z.enum(["ok", "warn", "bad"]),
  sentence: z.string(),
  /** What to do about it; null where nothing has to be done. */
  remedy: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

/** GET /api/channels?tenant= */
export const channelsViewSchema = z.object({
  channels: z.array(
    z.object({ channel: channelSchema, provider: providerSchema, findings: z.array(findingSchema) }),
  ),
  /** When the mailbox was last read, and what was wrong with it. */
  mailbox: z.object({ checked_at: z.iso.datetime().nullable(), error: z.string().nullable() }).nullable(),
  /** Addresses to enter at Twilio for what contacts write; null while there is no public address. */
  inbound_url: z.string().nullable(),
});
export type ChannelsView = z.infer<typeof channelsViewSchema>;

/** POST /api/channels/{twilio,mail,model}/test {tenant} */
export const testChannelSchema = z.strictObject({ tenant: z.string() });
export const testedSchema = z.object({
  ok: z.boolean(),
  findings: z.array(findingSchema),
  /** Of the model server: the models it has, to choose from. */
  models: z.array(z.string()).optional(),
});
export type Tested = z.infer<typeof testedSchema>;

/** GET /api/channels/twilio/caller-ids?tenant= : each agent's outreach phone, and whether Twilio lets it be shown. */
export const callerIdsSchema = z.object({
  agents: z.array(
    z.object({
      user_id: z.string(),
      name: z.string(),
      number: z.string().nullable(),
      /** Verified at Twilio, or a number of the account. */
      verified: z.boolean(),
      uses: z.enum(["own_phone", "twilio_number"]),
    }),
  ),
});
export type CallerIds = z.infer<typeof callerIdsSchema>;

/** POST /api/channels/twilio/caller-ids {tenant, user_id}: Twilio calls the agent, who keys in the code. */
export const verifyCallerIdSchema = z.strictObject({ tenant: z.string(), user_id: z.string() });
export const verifyingSchema = z.object({ number: z.string(), code: z.string(), sentence: z.string() });
export type Verifying = z.infer<typeof verifyingSchema>;

/** GET /api/conversations?tenant= (all brokerages without it): those with somebody waiting for a person first, then the newest. */
export const conversationListSchema = z.object({
  conversations: z.array(
    z.object({
      engagement_id: z.string(),
      tenant: z.string(),
      channel: channelSchema,
      contact: z.string().nullable(),
      person_name: z.string().nullable(),
      by: z.string().nullable(),
      answers: z.enum(["agent", "automated", "nobody"]),
      needs_agent: z.string().nullable(),
      last_text: z.string().nullable(),
      last_at: z.iso.datetime(),
    }),
  ),
});
export type ConversationList = z.infer<typeof conversationListSchema>;
