// Who of a list is reached, and why the others are not: the same rules for the review and for the run. Pure.
import type { Channel } from "../../shared/values.ts";
import type { CrmPerson } from "../crm/crm.ts";
import type { PersonKnowledge } from "../engagements/contact-facts.ts";
import { factsOf, knowledgeOf } from "../engagements/contact-facts.ts";
import { chooseContact } from "../engagements/may-contact.ts";

/** Somebody of a list, decided as far as the person alone tells. */
export interface Candidate {
  /** Unique within the campaign. */
  readonly key: string;
  readonly personId: string | null;
  readonly name: string;
  /** E.164, or the address; null when `reason` says why there is none. */
  readonly contact: string | null;
  readonly reason: string | null;
  /** JSON of what a row chose for itself. */
  readonly details: string | null;
  /** What the CRM says of them, for the rules of the moment; only where they live is kept. */
  readonly known?: PersonKnowledge;
}

/** FUB's stage for people in its trash; the list may still show somebody who was trashed since. */
const TRASH = "trash";

export function decidePerson(person: CrmPerson, channel: Channel): Candidate {
  const base = { key: person.id, personId: person.id, name: person.name, details: null };
  if (person.stage?.trim().toLowerCase() === TRASH) return { ...base, contact: null, reason: "trashed" };
  const verdict = chooseContact({ channel, ...factsOf(person), chosen: null });
  return verdict.ok
    ? { ...base, contact: verdict.contact, reason: null, known: knowledgeOf(person) }
    : { ...base, contact: null, reason: verdict.rule };
}

/** One number or address, one outreach: whoever stands first on the list keeps it. */
export const duplicateReason = (contact: string): string =>
  contact.includes("@") ? "duplicate_address" : "duplicate_number";

/** By what two contacts are the same. Addresses differ in case only by whim. */
export const contactKey = (contact: string): string => contact.toLowerCase();
