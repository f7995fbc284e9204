// What the contact's chat page and the server say to each other. The page is opened by whoever has the link.
import { z } from "zod";
import { directionSchema } from "./engagement.schema.ts";

export const chatMessageSchema = z.object({
  at: z.iso.datetime(),
  /** As the contact sees it: inbound is their own. */
  direction: directionSchema,
  text: z.string(),
  /** Written by a machine. */
  automated: z.boolean(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** Every `chat` event of GET /chat/:token/events, and the model in the page. */
export const chatStateSchema = z.object({
  brokerage: z.string(),
  /** The agent's name; the brokerage's where none is known. */
  agent: z.string(),
  messages: z.array(chatMessageSchema),
  /** May the contact write? */
  open: z.boolean(),
  /** Why not, in a sentence; null while open. */
  closed: z.string().nullable(),
});
export type ChatState = z.infer<typeof chatStateSchema>;

/** The JSON in `<script id="chat-model">`; `chat` null where the link leads nowhere (any more), with the sentence why. */
export interface ChatModel {
  readonly chat: ChatState | null;
  readonly problem: string | null;
}

/** POST /chat/:token/messages */
export const chatWriteSchema = z.strictObject({
  text: z.string().trim().min(1).max(2_000),
  click_id: z
    .string()
    .min(8)
    .max(100)
    .regex(/^[\w.:-]+$/, "may have letters, digits, dot, colon, hyphen and underscore"),
});
export type ChatWrite = z.infer<typeof chatWriteSchema>;
