// The shapes read from Follow Up Boss, tolerant: what is missing or odd becomes null, only an id must be there.
// Used by the resource files and the embed context. Quirks are from live answers (flags as 0/1, ids as text, null lists).
import { z } from "zod";

/** Ids are whole numbers; text in here, so that nobody calculates with them. */
export const idField = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,18}$/)]).transform(String);

/** Whatever is there, or nothing at all. */
const anything = z.unknown().optional();

/** Text, or null for everything that is no text or blank. */
export const textField = anything.transform((value) =>
  typeof value === "string" && value.trim() !== "" ? value : null,
);

/** An id, or null; 0 stands for "none" (e.g. `relationshipId`, `assignedUserId`). */
export const optionalIdField = anything.transform((value) => {
  const id = idField.safeParse(value);
  return id.success && id.data !== "0" ? id.data : null;
});

/** true, 1, "1", "true" and any count above 0; null when nothing is said. */
export const flagField = anything.transform((value): boolean | null => {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value > 0;
  if (typeof value === "string" && value !== "") return value === "1" || value.toLowerCase() === "true";
  return null;
});

/** A list in which odd items are left out; a missing list is an empty one. */
export const listOf = <S extends z.ZodType>(item: S) =>
  anything.transform((value): z.output<S>[] =>
    (Array.isArray(value) ? value : []).flatMap((entry) => {
      const parsed = item.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );

/** `name`, or the name of `{id, name}`: tags and stages come either way. */
export const nameField = z
  .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
  .pipe(z.string().trim().min(1));

const contactFields = {
  value: z.string().trim().min(1),
  type: textField,
  status: textField,
  isPrimary: flagField,
  relationshipId: optionalIdField,
};
const phoneSchema = z.object({ ...contactFields, normalized: textField, isLandline: flagField });
const emailSchema = z.object(contactFields);

export const personSchema = z.object({
  id: idField,
  name: textField,
  firstName: textField,
  lastName: textField,
  phones: listOf(phoneSchema),
  emails: listOf(emailSchema),
  tags: listOf(nameField),
  stage: nameField.nullish().catch(null),
  assignedUserId: optionalIdField,
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

export const noteSchema = z.object({ id: idField, subject: textField, body: textField });
export const callSchema = z.object({ id: idField, note: textField });

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
