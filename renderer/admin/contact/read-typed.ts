// Reads what is typed in the forms of the contact rules: a list one a line, a number or address typed once more.
import type { Suppression } from "../../../shared/console/contact-rules.schema.ts";
import { readPhone } from "../setup/read-phone.ts";

/** Trimmed, without empty ones. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Typed once more, in any spelling. */
export function isSame({ contact, person_id }: Suppression, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  if (contact === null) return text !== "" && text === person_id?.toLowerCase();
  return text === contact.toLowerCase() || readPhone(typed) === contact;
}
