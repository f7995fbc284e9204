// Backups and restores: what was made and restored, and the mark on everything that waited when a backup was made, so that
// it is looked for elsewhere before it goes out.
import type { Kysely } from "kysely";
import { createTable, type Dialect } from "../create-table.ts";

export async function restores(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await createTable(db, dialect, "backup_events", {
    id: "text primary",
    kind: "text!",
    at: "integer!",
    made_at: "integer!",
    backup_id: "text",
    waiting: "integer!",
    people: "integer!",
    settled_at: "integer",
  });
  const time = dialect === "sqlite" ? "integer" : "bigint";
  for (const table of ["engagements", "campaigns", "outgoing_messages"])
    await db.schema.alterTable(table).addColumn("restored_at", time).execute();
}
