// The shapes read from Rollout, tolerant: what is missing or odd becomes null, only an id must be there, and unknown
// fields are left alone. Used by the resource files. (Rollout's OpenAPI of 2025-10; the people page shows newer fields.)
import { z } from "zod";
import { anything, flagField, listOf, nameField, textField, timeField } from "../crm-fields.ts";

/** Opaque text; a number is taken for its digits. */
export const idField = z.union([z.string().trim().min(1).max(200), z.int().nonnegative()]).transform(String);

const optionalIdField = anything.transform((value) => {
  const id = idField.safeParse(value);
  return id.success ? id.data : null;
});

const consentField = z.boolean().optional().catch(undefined);
const contactSchema = z.object({
  value: z.string().trim().min(1),
  type: textField,
  status: textField,
  isPrimary: flagField,
});
const addressSchema = z.object({ state: textField, code: textField, country: textField });

export const personSchema = z.object({
  id: idField,
  name: textField,
  firstName: textField,
  lastName: textField,
  phones: listOf(contactSchema),
  emails: listOf(contactSchema),
  addresses: listOf(addressSchema),
  tags: listOf(nameField),
  stage: nameField.nullish().catch(null),
  assignedUserId: optionalIdField,
  communicationsConsent: z
    .object({ call: consentField, text: consentField, email: consentField })
    .nullish()
    .catch(null),
  updated: timeField,
  /** When Rollout's own copy changed; not in the OpenAPI, but on the newer page. */
  rolloutUpdated: timeField,
});
export type RolloutPerson = z.output<typeof personSchema>;

export const userSchema = z.object({
  id: idField,
  firstName: textField,
  lastName: textField,
  email: textField,
  phone: textField,
  role: textField,
});
export type RolloutUser = z.output<typeof userSchema>;

/** What a write answers that matters here. */
export const createdSchema = z.object({ id: idField });

const recordFields = { id: idField, personId: optionalIdField, created: timeField };
export const noteSchema = z.object({ ...recordFields, subject: textField, body: textField });
export const callSchema = z.object({ ...recordFields, note: textField });

export const webhookSchema = z.object({ id: idField, event: textField, url: textField, status: textField });
export type RolloutWebhook = z.output<typeof webhookSchema>;
