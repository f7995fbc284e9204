// GET /api/people?search=&tenant= : who was contacted or opened, found by phone in any form, name, person id or e-mail.
import { z } from "zod";

export const peopleSearchSchema = z.object({
  search: z.string().trim().min(1).max(200),
  tenant: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type PeopleSearch = z.output<typeof peopleSearchSchema>;

export const personHitSchema = z.object({
  tenant: z.string(),
  /** Their id in Follow Up Boss; null when only a number or address was known. */
  person_id: z.string().nullable(),
  name: z.string(),
  /** Numbers in E.164 and addresses that were used, newest first. */
  contacts: z.array(z.string()),
  outreaches: z.number(),
  last_at: z.iso.datetime(),
  last_engagement_id: z.string().nullable(),
  /** How it was found: "phone", "name", "person id", "e-mail" or "outreach". */
  found_by: z.enum(["phone", "name", "person_id", "email", "outreach"]),
  /** Query of GET /api/story. */
  story: z.object({
    tenant: z.string(),
    account: z.string().optional(),
    person_id: z.string().optional(),
    engagement_id: z.string().optional(),
  }),
});
export type PersonHit = z.infer<typeof personHitSchema>;

export const peopleHitsSchema = z.object({ people: z.array(personHitSchema) });
