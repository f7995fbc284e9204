// A person as Follow Up Boss shows it (people, events, embed context) in the words of the port.
import { toE164 } from "../../base/phone-numbers.ts";
import type { CrmPerson } from "../crm.ts";
import { toCrmAddress } from "../to-crm-address.ts";
import type { FubPerson } from "./schemas.ts";

export function toCrmPerson(person: FubPerson): CrmPerson {
  const parts = [person.firstName, person.lastName].filter((part) => part !== null);
  return {
    id: person.id,
    name: person.name ?? parts.join(" "),
    firstName: person.firstName,
    lastName: person.lastName,
    phones: person.phones.map(({ value, normalized, isPrimary, ...phone }) => ({
      ...phone,
      value,
      e164: toE164(value) ?? toE164(normalized) ?? null,
      isPrimary: isPrimary ?? false,
    })),
    emails: person.emails.map(({ isPrimary, ...email }) => ({ ...email, isPrimary: isPrimary ?? false })),
    tags: person.tags,
    stage: person.stage ?? null,
    assignedUserId: person.assignedUserId,
    ...(person.updated !== null && { updatedAt: person.updated }),
    ...(person.addresses.length > 0 && { addresses: person.addresses.map(toCrmAddress) }),
  };
}
