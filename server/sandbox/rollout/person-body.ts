// What may be written about a person (OpenAPI, bodies of POST and PUT /people). Used by the endpoints of people.
import { z } from "zod";
import { checkBody } from "../fub/check-body.ts";
import type { RolloutPerson } from "./rollout-types.ts";

const text = z.string();
const consent = z.boolean().optional();
const address = z.strictObject({
  type: text.default(""),
  street: text.default(""),
  city: text.default(""),
  state: text.default(""),
  code: text.default(""),
  country: text.default(""),
});
const contactPoint = { value: text, type: text.default(""), status: text.default("") };

const updateSchema = z
  .strictObject({
    firstName: text,
    lastName: text,
    stage: text,
    assignedUserId: text,
    officeId: text,
    // Only phones may say that nobody knows which is primary.
    emails: z.array(z.strictObject({ ...contactPoint, isPrimary: z.boolean().optional() })),
    phones: z.array(z.strictObject({ ...contactPoint, isPrimary: z.boolean().nullish() })),
    addresses: z.array(address),
    tags: z.array(text),
    source: text,
    averageBeds: z.number(),
    averagePrice: z.number(),
    birthday: text,
    /** May be written and is never read. */
    rating: z.number(),
    lastActivity: text,
    lastActivityType: text,
    contactTypes: z.array(text),
    jobTitle: text,
    companyName: text,
    communicationsConsent: z.strictObject({
      email: consent,
      call: consent,
      text: consent,
      massEmail: consent,
      postalMail: consent,
      visit: consent,
    }),
  })
  .partial();
const createSchema = updateSchema.required({ firstName: true, lastName: true });

/** The fields given, as they are kept; a 400 that names a field otherwise. */
export function readPersonFields(body: unknown, purpose: "create" | "update"): Partial<RolloutPerson> {
  const given = checkBody(purpose === "create" ? createSchema : updateSchema, body);
  const { rating: _rating, emails, phones, tags, ...fields } = given;
  const point = <T extends { isPrimary?: boolean | null | undefined }>(each: T) => ({
    ...each,
    isPrimary: each.isPrimary ?? null,
  });
  const kept = {
    ...fields,
    ...(emails && { emails: emails.map(point) }),
    ...(phones && { phones: phones.map(point) }),
    ...(tags && { tags: [...new Set(tags)] }),
  };
  // Absent fields are undefined for zod, and absent for the record.
  return JSON.parse(JSON.stringify(kept));
}
