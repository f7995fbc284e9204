// The table of backups and restores as the stores see it. Conventions as in schema.ts, which it is part of.

/** What was done with backups, each once: the last backup, what still has to be looked at after a restore, a move. */
export interface BackupEventTable {
  id: string;
  /**
   * backup: one was made · restore, undo, take_back: these data go on from an earlier moment, `settled_at` null until a
   * person let outreach go on · move_out: they went to another computer, `settled_at` null while they are there ·
   * move_in: they came from another computer and went on by themselves.
   */
  kind: "backup" | "restore" | "undo" | "take_back" | "move_out" | "move_in";
  at: number;
  /** The moment the data are from, epoch ms. */
  made_at: number;
  /** Id in the backup's header; null for a restore point. */
  backup_id: string | null;
  /** Outreaches that waited then. */
  waiting: number;
  /** People of campaigns who waited then. */
  people: number;
  settled_at: number | null;
}
