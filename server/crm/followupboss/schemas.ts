// The shapes read from Follow Up Boss, tolerant: what is missing or odd becomes null, only an id must be there.
// Used by the resource files and the embed context. Quirks are from live answers (flags as 0/1, ids as text, null lists).
import { z } from "zod";
import { anything, flagField, listOf, nameField, textField, timeField } from "../crm-fields.ts";

/** Ids are whole numbers; text in here, so that nobody calculates with them. */
export const idField = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,18}$/)]).transform(String);

/** An id, or null; 0 stands for "none" (e.g. `relationshipId`, `assignedUserId`). */
export const optionalIdField = anything.transform((value) => {
  const id = idField.safeParse(value);
  return id.success && id.data !== "0" ? id.data : null;
});

const contactFields = {
  value: z.string().trim().min(1),
  type: textField,
  status: textField,
  isPrimary: flagField,
  relationshipId: optionalIdField,
};
const phoneSchema = z.object({ ...contactFields, normalized: textField, isLandline: flagField });
const emailSchema = z.object(contactFields);
const addressSchema = z.object({ state: textField, code: textField, country: textField });

export const personSchema = z.object({
  id: idField,
  name: textField,
  firstName: textField,
  lastName: textField,
  phones: listOf(phoneSchema),
  emails: listOf(emailSchema),
  addresses: listOf(addressSchema),
  tags: listOf(nameField),
  stage: nameField.nullish().catch(null),
  assignedUserId: optionalIdField,
  updated: timeField,
});
export type FubPerson = z.output<typeof personSchema>;

export const userSchema = z.object({
  id: idField,
  name: textField,
  firstName: textField,
  lastName: textField,
  email: textField,
  phone: textField,
  role: textField,
});
export type FubUser = z.output<typeof userSchema>;

export const identitySchema = z.object({
  account: z.object({ id: idField, domain: textField, name: textField }),
  user: z.object({
    id: idField,
    name: textField,
    email: textField,
    role: textField,
    isOwner: flagField,
    isAdmin: flagField,
  }),
});

/** What a write answers that matters here. */
export const createdSchema = z.object({ id: idField });

export const noteSchema = z.object({ id: idField, subject: textField, body: textField, created: timeField });
export const callSchema = z.object({ id: idField, note: textField, created: timeField });

export const smartListSchema = z.object({ id: idField, name: textField });

export const webhookSchema = z.object({ id: idField, event: textField, url: textField, status: textField });
export type FubWebhook = z.output<typeof webhookSchema>;

/** `data` is not in FUB's example of a look-up; read where it comes all the same. */
export const webhookEventSchema = z.object({
  event: z.string().trim().min(1),
  eventCreated: textField,
  resourceIds: listOf(idField),
  data: z
    .object({ tags: listOf(nameField) })
    .nullish()
    .catch(null),
});
