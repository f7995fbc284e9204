// The second way to find somebody in the CRM: the address beside the number that is used, or the number beside the address.
import { isAddress } from "../contact/contact-key.ts";
import { type ContactFacts, chooseContact } from "./may-contact.ts";

/** null where there is no usable one, or nobody is contacted at all. */
export function otherContact(
  { phones, emails }: Pick<ContactFacts, "phones" | "emails">,
  contact: string | null,
): string | null {
  if (contact === null) return null;
  const channel = isAddress(contact) ? "phone" : "email";
  const other = chooseContact({ channel, phones, emails, chosen: null });
  return other.ok ? other.contact : null;
}
