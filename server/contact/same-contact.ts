// Whether a row is about a number or address: addresses are the same whatever the case of their letters, and rows keep them
// as the CRM spells them. For queries of the engagements, which have an index for either, and of the ledger.
import { type RawBuilder, sql } from "kysely";
import { isAddress } from "./contact-key.ts";

export const sameContact = (contact: string): RawBuilder<boolean> =>
  isAddress(contact)
    ? sql<boolean>`(contact like '%@%' and lower(contact) = ${contact.trim().toLowerCase()})`
    : sql<boolean>`contact = ${contact}`;
