// Who is behind an outreach, as the CRM has them. Asked before somebody is reached, after a restore, and before anything is
// written.
import { isAddress } from "../contact/contact-key.ts";
import type { Crm, CrmCallOptions, CrmPerson } from "../crm/crm.ts";
import type { EngagementRow } from "./engagement.store.ts";

type Known = Pick<EngagementRow, "person_id" | "person_claimed" | "contact" | "other_contact">;

/** The id is the CRM's own, or was found there: whoever has it is meant, and nobody else. */
export const certainPerson = ({ person_id, person_claimed }: Known): string | null =>
  person_claimed === null ? person_id : null;

/** The number and the address they are known by. */
export function waysOf({ contact, other_contact }: Pick<Known, "contact" | "other_contact">): {
  phone: string | null;
  email: string | null;
} {
  const ways = [contact, other_contact].filter((way) => way !== null);
  return {
    phone: ways.find((way) => !isAddress(way)) ?? null,
    email: ways.find(isAddress) ?? null,
  };
}

/**
 * By the id; where there is none, or only another program says that it is theirs and the CRM does not know it, by phone,
 * then by e-mail (design, "Sync"). @throws GatewayError crm_*.
 */
export async function findBehind(
  crm: Pick<Crm, "person" | "findPerson">,
  row: Known,
  options: CrmCallOptions,
): Promise<CrmPerson | null> {
  if (row.person_id !== null) {
    const person = await crm.person(row.person_id, options);
    if (person || certainPerson(row) !== null) return person;
  }
  return crm.findPerson(waysOf(row), options);
}
