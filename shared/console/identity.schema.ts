// GET /api/tenants/:slug/identity : the identity matrix, one row per agent, one column per thing that must agree.
import { z } from "zod";
import { evidenceSchema } from "./action.schema.ts";
import { crmPhoneSchema } from "./crm-users.schema.ts";

export const MATCH_RULES = ["phone", "crm_user_id", "email"] as const;
export const matchRuleSchema = z.enum(MATCH_RULES);

export const identityProblemSchema = z.object({
  id: z.enum([
    "no_phone",
    "bad_phone",
    "same_phone",
    "phone_differs",
    "not_matched",
    "matched_weakly",
    "no_key",
    "key_refused",
    "key_unchecked",
    "key_of_other",
    "same_account",
    "foreign_account",
    "two_people",
    "wrong_caller",
    "wrong_writer",
  ]),
  /** error: calls would be, or were, misattributed. */
  severity: z.enum(["warn", "error"]),
  sentence: z.string(),
  remedy: z.string(),
  /** Column to colour. */
  column: z.enum(["crm_user", "phone", "key", "embed", "outreach"]),
});
export type IdentityProblem = z.infer<typeof identityProblemSchema>;

export const identityRowSchema = z.object({
  user_id: z.string(),
  name: z.string(),
  /** The Follow Up Boss user this agent is; null while nobody was recognised as them. */
  crm_user: z
    .object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() })
    .nullable(),
  account: z
    .object({ id: z.string(), domain: z.string().nullable(), name: z.string().nullable() })
    .nullable(),
  /** The rule that connected them, and when it last did. */
  matched_by: matchRuleSchema.nullable(),
  matched_at: z.iso.datetime().nullable(),
  /** Outreach phone here, as entered and as dialled. */
  phone_here: crmPhoneSchema.nullable(),
  /** Second number here. */
  display_number: crmPhoneSchema.nullable(),
  /** In the Follow Up Boss profile when it was last read; null when it was never read. */
  phones_there: z.array(crmPhoneSchema).nullable(),
  phones_agree: z.boolean().nullable(),
  key: z.object({
    /** own: the agent's; brokerage: theirs is not set, the brokerage's is used; none: nothing to work with. */
    used: z.enum(["own", "brokerage", "none"]),
    /** Null: never tried since it was entered. */
    works: z.boolean().nullable(),
    at: z.iso.datetime().nullable(),
    whose: z
      .object({
        account_domain: z.string().nullable(),
        account_name: z.string().nullable(),
        user_id: z.string(),
        user_name: z.string().nullable(),
      })
      .nullable(),
    sentence: z.string(),
  }),
  /** Last time this agent opened an app inside Follow Up Boss. */
  embed_seen: evidenceSchema.extend({ sentence: z.string() }).nullable(),
  last_outreach: z
    .object({
      engagement_id: z.string(),
      at: z.iso.datetime(),
      from_number: z.string().nullable(),
      crm_user_id: z.string().nullable(),
      /** "to Ann One, from (416) 555-0111" */
      sentence: z.string(),
      ok: z.boolean(),
    })
    .nullable(),
  problems: z.array(identityProblemSchema),
});
export type IdentityRow = z.infer<typeof identityRowSchema>;

export const identityMatrixSchema = z.object({
  tenant: z.string(),
  track: z.enum(["A", "B"]),
  rows: z.array(identityRowSchema),
  /** Follow Up Boss users who opened an app and are none of the agents; they work as the brokerage. */
  strangers: z.array(
    z.object({
      crm_user_id: z.string(),
      name: z.string().nullable(),
      account_domain: z.string().nullable(),
      at: z.iso.datetime(),
      sentence: z.string(),
    }),
  ),
});
export type IdentityMatrix = z.infer<typeof identityMatrixSchema>;
