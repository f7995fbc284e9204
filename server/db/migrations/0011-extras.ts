// What a start asked for that not every provider can do: an e-mail's subject and its own text, a template, the language.
import type { Kysely } from "kysely";

export async function extras(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("engagements").addColumn("extras", "text").execute();
}
