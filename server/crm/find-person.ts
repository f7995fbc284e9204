// The person who has a number or an address: by phone, then by e-mail. A CRM's filter alone is not believed; whoever is
// found really carries what was asked for. Used by the CRMs' people files, which say how their filters spell things.
import { samePhone, toE164 } from "../base/phone-numbers.ts";
import type { CrmPerson } from "./crm.ts";

export interface PersonFilters {
  /** Spellings of a number to try, in this order. */
  readonly phoneSpellings: (e164: string) => readonly string[];
  readonly emailSpellings: (email: string) => readonly string[];
  /** One page: a number or an address belongs to a handful of people at most. */
  readonly filterPeople: (query: Readonly<Record<string, string>>) => Promise<readonly CrmPerson[]>;
}

export async function findPersonBy(
  filters: PersonFilters,
  by: { readonly phone: string | null; readonly email: string | null },
): Promise<CrmPerson | null> {
  const byPhone = by.phone === null ? null : await findByPhone(filters, by.phone);
  if (byPhone) return byPhone;
  return by.email === null || by.email.trim() === "" ? null : findByEmail(filters, by.email.trim());
}

async function findByPhone(filters: PersonFilters, phone: string): Promise<CrmPerson | null> {
  const e164 = toE164(phone);
  if (e164 === undefined) return null;
  for (const spelling of new Set(filters.phoneSpellings(e164))) {
    const people = await filters.filterPeople({ phone: spelling });
    const found = bestMatch(people, ({ phones }) =>
      phones.filter(({ value, e164: own }) => samePhone(own ?? value, e164)),
    );
    if (found) return found;
  }
  return null;
}

async function findByEmail(filters: PersonFilters, email: string): Promise<CrmPerson | null> {
  const wanted = email.toLowerCase();
  for (const spelling of new Set(filters.emailSpellings(email))) {
    const people = await filters.filterPeople({ email: spelling });
    const found = bestMatch(people, ({ emails }) =>
      emails.filter(({ value }) => value.trim().toLowerCase() === wanted),
    );
    if (found) return found;
  }
  return null;
}

/** Somebody whose own number it is goes before somebody who only has it through a relationship. */
function bestMatch(
  people: readonly CrmPerson[],
  matches: (person: CrmPerson) => readonly { readonly relationshipId: string | null }[],
): CrmPerson | null {
  const own = people.find((person) => matches(person).some(({ relationshipId }) => relationshipId === null));
  return own ?? people.find((person) => matches(person).length > 0) ?? null;
}
