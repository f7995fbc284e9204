// Catching up on webhooks that never came: until when a tag was looked after, and who carried it then.
import type { Kysely } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function catchUp(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const scope = { tenant: "text!", account: "text!", tag: "text!" } as const;
  await createTable(db, dialect, "tag_sweeps", { ...scope, swept_at: "integer!" }, [
    "tenant",
    "account",
    "tag",
  ]);
  await createTable(db, dialect, "tag_carriers", { ...scope, person_id: "text!", seen_at: "integer!" }, [
    "tenant",
    "account",
    "tag",
    "person_id",
  ]);
  await db.schema
    .createIndex("engagements_tagged")
    .on("engagements")
    .columns(["tenant", "person_id", "source", "created_at"])
    .execute();
}
