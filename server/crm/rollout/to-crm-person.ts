// A person as Rollout shows it in the words of the port.
import { toE164 } from "../../base/phone-numbers.ts";
import type { CrmPerson } from "../crm.ts";
import { toCrmAddress } from "../to-crm-address.ts";
import type { RolloutPerson } from "./schemas.ts";

export function toCrmPerson(person: RolloutPerson): CrmPerson {
  const parts = [person.firstName, person.lastName].filter((part) => part !== null);
  const updatedAt = person.rolloutUpdated ?? person.updated;
  const consent = consentOf(person.communicationsConsent);
  return {
    id: person.id,
    name: person.name ?? parts.join(" "),
    firstName: person.firstName,
    lastName: person.lastName,
    phones: person.phones.map(({ isPrimary, ...phone }) => ({
      ...phone,
      // In which form numbers come is not promised.
      e164: toE164(phone.value) ?? null,
      isPrimary: isPrimary ?? false,
      isLandline: isLandline(phone.type),
      relationshipId: null,
    })),
    emails: person.emails.map(({ isPrimary, ...email }) => ({
      ...email,
      isPrimary: isPrimary ?? false,
      relationshipId: null,
    })),
    tags: person.tags,
    stage: person.stage ?? null,
    assignedUserId: person.assignedUserId,
    ...(updatedAt !== null && updatedAt !== undefined && { updatedAt }),
    ...(consent && { consent }),
    ...(person.addresses.length > 0 && { addresses: person.addresses.map(toCrmAddress) }),
  };
}

/** Rollout has no field for it; only a type that says so is believed, and none says that a number is no landline. */
const isLandline = (type: string | null): boolean | null =>
  type !== null && /land[\s_-]?line|fixed[\s_-]?line/i.test(type) ? true : null;

function consentOf(said: RolloutPerson["communicationsConsent"]): CrmPerson["consent"] {
  const { call, text, email } = said ?? {};
  if (call === undefined && text === undefined && email === undefined) return undefined;
  return {
    ...(call !== undefined && { phone: call }),
    ...(text !== undefined && { text }),
    ...(email !== undefined && { email }),
  };
}
