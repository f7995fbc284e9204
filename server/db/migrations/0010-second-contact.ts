// What other programs say of somebody besides the number or address that is used: the second of the two, and an id that
// nobody has looked for in the CRM yet.
import type { Kysely } from "kysely";

export async function secondContact(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("engagements").addColumn("other_contact", "text").execute();
  await db.schema.alterTable("engagements").addColumn("person_claimed", "integer").execute();
}
