// GET /api/tenants/:slug/crm-users?key=tenant|<user id> : the people of a Follow Up Boss account, to be taken over as agents.
import { z } from "zod";

export const crmPhoneSchema = z.object({
  /** As it stands in Follow Up Boss. */
  given: z.string(),
  /** Null when it is no complete number. */
  e164: z.string().nullable(),
});

export const crmUserRowSchema = z.object({
  crm_user_id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.string().nullable(),
  /** Null when Follow Up Boss does not say. */
  active: z.boolean().nullable(),
  phones: z.array(crmPhoneSchema),
  /** The agent this person already is, and how that is known. */
  agent: z
    .object({
      user_id: z.string(),
      name: z.string(),
      matched_by: z.enum(["phone", "crm_user_id", "email"]),
    })
    .nullable(),
  /** An id that is free on this brokerage; what the import would use. */
  suggested_id: z.string(),
  /** What speaks against taking this person over as it is; empty when nothing does. */
  problems: z.array(
    z.object({
      kind: z.enum(["no_phone", "bad_phone", "same_phone", "same_email", "several_agents", "inactive"]),
      sentence: z.string(),
    }),
  ),
});
export type CrmUserRow = z.infer<typeof crmUserRowSchema>;

export const crmUsersSchema = z.object({
  account: z.object({ id: z.string(), domain: z.string().nullable(), name: z.string().nullable() }),
  /** "tenant", or the id of the agent whose key was used. */
  key: z.string(),
  users: z.array(crmUserRowSchema),
  /** False when Follow Up Boss gave only the key's own person: the key may not list the team. */
  complete: z.boolean(),
});
export type CrmUsers = z.infer<typeof crmUsersSchema>;
