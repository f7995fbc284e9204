// The conversation of an outreach, as the app in Follow Up Boss and the console see it beside the engagement itself.
import { z } from "zod";
import { clickIdSchema } from "./click-id.schema.ts";

/** A message that is not in the transcript yet, or will never be. */
export const pendingMessageSchema = z.object({
  message_id: z.string(),
  at: z.iso.datetime(),
  text: z.string(),
  state: z.enum(["waiting", "sending", "failed", "refused", "unknown"]),
  /** Why it did not go out, in a sentence. */
  error: z.string().nullable(),
});
export type PendingMessage = z.infer<typeof pendingMessageSchema>;

export const conversationSchema = z.object({
  /** Who answers the contact; "nobody" once it is closed. */
  answers: z.enum(["agent", "automated", "nobody"]),
  /** Is a machine set up that could answer on this channel? */
  can_automate: z.boolean(),
  /** May something be written to the contact now? */
  can_reply: z.boolean(),
  /** Why an agent has to look; null when nobody has to. */
  needs_agent: z.string().nullable(),
  /** Why it is closed; null while it is open. */
  closed: z.string().nullable(),
  /** The contact's chat page, to hand on by other means; null on other channels. */
  chat_link: z.string().nullable(),
  /** When the contact last wrote. */
  last_inbound_at: z.iso.datetime().nullable(),
  pending: z.array(pendingMessageSchema),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** POST …/engagements/:id/messages */
export const replySchema = z.strictObject({
  text: z.string().trim().min(1).max(4_000),
  click_id: clickIdSchema,
});
export type ReplyBody = z.infer<typeof replySchema>;

/** 202 of it. */
export const repliedSchema = z.object({ message_id: z.string(), status: z.literal("accepted") });

/** POST …/engagements/:id/conversation: somebody takes over, hands back to the machine, or ends it. */
export const converseSchema = z.strictObject({ answers: z.enum(["agent", "automated", "nobody"]) });
export type ConverseBody = z.infer<typeof converseSchema>;
