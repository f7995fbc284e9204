// Has something been done with a certain backup in the data folder as it is? Read beside whoever has its database open.
import { openForReading } from "./open-for-reading.ts";

/** False where there is no database, or one from before there were backups. */
export async function hasBackupEvent(file: string, kind: "move_in", backupId: string): Promise<boolean> {
  const opened = openForReading(file);
  if (!opened) return false;
  try {
    const tables = await opened.db.introspection.getTables();
    if (!tables.some(({ name }) => name === "backup_events")) return false;
    const row = await opened.db
      .selectFrom("backup_events")
      .select("id")
      .where("kind", "=", kind)
      .where("backup_id", "=", backupId)
      .executeTakeFirst();
    return row !== undefined;
  } finally {
    await opened.close();
  }
}
