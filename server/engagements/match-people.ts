// Whom a number or address of a batch belongs to, as far as earlier outreach has found out: rows of a batch need not name a
// person. Called by people-ahead, which reads them before they are reached.
import { contactKey, isAddress } from "../contact/contact-key.ts";
import { sameContact } from "../contact/same-contact.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { EngagementRow } from "./engagement.store.ts";

export type PersonOf = Pick<EngagementRow, "person_id" | "contact">;

type Place = Pick<EngagementRow, "tenant" | "crm_account_id">;

/** Person ids by the contact as `rows` spell it, of the same account as far as that is known; whoever is not known is left out. */
export async function matchPeople(
  db: DbOrTrx,
  place: Place,
  rows: readonly PersonOf[],
): Promise<ReadonlyMap<string, string>> {
  const contacts = rows.flatMap(({ contact }) => contact ?? []);
  const found = new Map<string, string>();
  if (contacts.length === 0) return found;
  const numbers = contacts.filter((contact) => !isAddress(contact));
  const addresses = contacts.filter(isAddress);
  // A question for each kind, since each has an index of its own.
  const earlier = await byNumber(db, place, numbers);
  for (const address of addresses) earlier.push(...(await byAddress(db, place, address)));
  const byKey = new Map(earlier.map((one) => [keyOf(one.contact ?? ""), one.person_id]));
  for (const contact of contacts) {
    const personId = byKey.get(keyOf(contact));
    if (personId) found.set(contact, personId);
  }
  return found;
}

const keyOf = (contact: string): string => contactKey(contact) ?? contact;

// Whose account a key belongs to may not have been learned yet: then whoever the brokerage found is read.
const known = (db: DbOrTrx, { tenant, crm_account_id: account }: Place) => {
  const found = db
    .selectFrom("engagements")
    .select(["person_id", "contact"])
    .where("tenant", "=", tenant)
    .where("person_id", "is not", null)
    .orderBy("created_at");
  if (account === null) return found;
  return found.where((where) =>
    where.or([where("crm_account_id", "is", null), where("crm_account_id", "=", account)]),
  );
};

async function byNumber(db: DbOrTrx, place: Place, numbers: readonly string[]): Promise<PersonOf[]> {
  return numbers.length === 0 ? [] : known(db, place).where("contact", "in", numbers).execute();
}

const byAddress = (db: DbOrTrx, place: Place, address: string): Promise<PersonOf[]> =>
  known(db, place).where(sameContact(address)).execute();
