// What the database of a data folder, as it is, tells of a certain backup and of moves. Read beside whoever has it open.
import { openForReading } from "./open-for-reading.ts";

export interface BackupPast {
  /** Something was done with this backup: it was made here, moved with, or restored. */
  readonly known: boolean;
  /** Since when its gateway is on another computer, epoch ms; null when it is here. */
  readonly awaySince: number | null;
}

const NOTHING: BackupPast = { known: false, awaySince: null };

/** Nothing where there is no database, or one from before there were backups. @throws what SQLite says of a damaged one. */
export async function readBackupPast(file: string, backupId: string): Promise<BackupPast> {
  const opened = openForReading(file);
  if (!opened) return NOTHING;
  try {
    const tables = await opened.db.introspection.getTables();
    if (!tables.some(({ name }) => name === "backup_events")) return NOTHING;
    const events = await opened.db
      .selectFrom("backup_events")
      .select(["kind", "at", "backup_id", "settled_at"])
      .where((where) => where.or([where("backup_id", "=", backupId), where("kind", "=", "move_out")]))
      .execute();
    const away = events.find(({ kind, settled_at }) => kind === "move_out" && settled_at === null);
    return {
      known: events.some(({ backup_id }) => backup_id === backupId),
      awaySince: away ? Number(away.at) : null,
    };
  } finally {
    await opened.close();
  }
}
