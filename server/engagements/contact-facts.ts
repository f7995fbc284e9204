// What the contact rules look at, from a person of the CRM or from a number or address somebody typed in.
import { regionOfAddress } from "../contact/zones/region-of-address.ts";
import type { CrmPerson } from "../crm/crm.ts";
import type { EmailFact, PhoneFact } from "./may-contact.ts";

/** Numbers in E.164 where they are complete, else as they stand there. */
export function factsOf(person: Pick<CrmPerson, "phones" | "emails">): {
  phones: PhoneFact[];
  emails: EmailFact[];
} {
  return {
    phones: person.phones.map(({ value, e164, isPrimary, isLandline, relationshipId }) => ({
      value: e164 ?? value,
      isPrimary,
      isLandline,
      relationshipId,
    })),
    emails: person.emails.map(({ value, isPrimary, relationshipId }) => ({
      value,
      isPrimary,
      relationshipId,
    })),
  };
}

/** Tags, consent and addresses as the CRM has them; what it does not tell is left out. */
export interface PersonKnowledge {
  readonly tags?: readonly string[];
  /** States and provinces of their addresses ("US-FL"): all of them must allow an hour. */
  readonly regions?: readonly string[];
  readonly consent?: { readonly phone?: boolean; readonly text?: boolean; readonly email?: boolean };
}

/** What the rules ask of the person themselves. */
export function knowledgeOf({
  tags,
  consent,
  addresses = [],
}: Pick<CrmPerson, "tags" | "consent" | "addresses">): PersonKnowledge {
  const regions = [...new Set(addresses.flatMap((address) => regionOfAddress(address) ?? []))];
  return {
    tags,
    ...(consent === undefined ? {} : { consent }),
    ...(regions.length === 0 ? {} : { regions }),
  };
}

/** Regions as rows keep them: "US-FL CA-ON"; null for none. */
export const writeRegions = (regions: readonly string[] | undefined): string | null =>
  regions === undefined || regions.length === 0 ? null : regions.join(" ");

export const readRegions = (text: string | null): readonly string[] => (text === null ? [] : text.split(" "));

/** A number given without a person: their own, and the only one. */
export const ownPhone = (value: string): PhoneFact => ({
  value,
  isPrimary: true,
  isLandline: null,
  relationshipId: null,
});

export const ownEmail = (value: string): EmailFact => ({ value, isPrimary: true, relationshipId: null });
