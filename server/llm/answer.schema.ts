// The JSON a language model is asked for when it answers a contact, as tolerant as small models need: "false", "none" and a
// missing field mean what they look like. A reply there must be, or a reason to hand over, or a wish to be left alone. Called by answer-contact.
import { z } from "zod";
import type { ConversationOutcome } from "./answer-request.ts";

const OUTCOMES = ["connected", "not_interested"] as const satisfies readonly ConversationOutcome[];
const NOTHING = /^(?:|none|null|no|false|n\/a|undefined)$/i;

/** A reason in words, "" for a bare yes, null for no. */
const reason = z
  .union([z.string(), z.boolean()])
  .nullish()
  .catch(null)
  .transform((value) => {
    if (value === true || (typeof value === "string" && /^(?:true|yes)$/i.test(value.trim()))) return "";
    return typeof value === "string" && !NOTHING.test(value.trim()) ? value.trim() : null;
  });

export const answerSchema = z
  .object({
    reply: z.string(),
    close: z.union([z.boolean(), z.stringbool()]).nullish().catch(false),
    outcome: z.enum(OUTCOMES).nullish().catch(null),
    hand_over: reason,
    summary: z.string().nullish().catch(null),
    /** Many models do not know the field: then nobody asked for it. */
    opt_out: z.union([z.boolean(), z.stringbool()]).nullish().catch(false),
  })
  .refine(({ reply, hand_over, opt_out }) => reply.trim() !== "" || hand_over !== null || opt_out === true, {
    path: ["reply"],
    message: "must not be empty",
  });
export type ModelReply = z.output<typeof answerSchema>;

/** What is asked for when a conversation is over. */
export const summarySchema = z.object({
  summary: z.string().trim().min(1),
  outcome: z.enum(OUTCOMES).catch("connected"),
});
