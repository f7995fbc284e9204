// Settings of the contact rules: whom the brokerage may not reach, when, and how often. Spread into
// shared/settings.schema.ts. The hours themselves are a rule file of their own (server/contact/hours).
import { z } from "zod";

const cap = z.strictObject({
  per_day: z.number().int().min(1).max(1_000).optional(),
  per_week: z.number().int().min(1).max(10_000).optional(),
});
export type ContactCap = z.infer<typeof cap>;

/** Counted together: calls (phone, WhatsApp voice), texts (SMS, WhatsApp, chat invitations), e-mail. */
export const contactCapsSchema = z.strictObject({
  calls: cap.optional(),
  texts: cap.optional(),
  email: cap.optional(),
});

const tagName = z.string().trim().min(1).max(200);

export const contactTenantFields = {
  brokerage_name: z
    .string()
    .trim()
    .max(200)
    .default("")
    .describe(
      "The brokerage's name as contacts know it; said in messages and calls. The short name when empty.",
    ),
  contact_hours: z
    .enum(["real_channels", "always", "never"])
    .default("real_channels")
    .describe(
      "When people's calling hours hold: real_channels wherever somebody is really reached (not on the simulator), always, or never: then the brokerage sees to them itself.",
    ),
  contact_caps: contactCapsSchema
    .default({})
    .describe(
      "How often one person may be contacted per day and week, by calls, texts and e-mail; no limit when left out.",
    ),
  opt_out_scope: z
    .enum(["all", "channel"])
    .default("all")
    .describe("What STOP means: nothing more on any channel, or nothing more on the channel it came by."),
  opt_out_tag: z
    .string()
    .trim()
    .max(200)
    .default("Do Not Contact")
    .describe("Tag that is set on a person in the CRM who opted out; none when empty."),
  blocking_tags: z
    .array(tagName)
    .max(50)
    .default([])
    .describe("Further tags in the CRM that mean the same: whoever carries one is not contacted."),
};
