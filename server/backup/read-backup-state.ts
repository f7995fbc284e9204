// What the console shows about backups: the last one, what goes on, what a restore left to look at, what can be gone back to.
import type { BackupState } from "../../shared/console/backup.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { Db } from "../db/schema.ts";
import { movedAt } from "../engagements/refuse-moved.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import type { BackupLife } from "./backup-work.ts";
import { listRestorePoints } from "./restore-points.ts";

export interface BackupStateDeps {
  readonly db: Db;
  readonly settings: Pick<SettingsRoom, "vault">;
  readonly dataDir: string;
}

export async function readBackupState(deps: BackupStateDeps, life: BackupLife): Promise<BackupState> {
  const { db, settings, dataDir } = deps;
  const last = await db
    .selectFrom("backup_events")
    .select("at")
    .where("kind", "=", "backup")
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  const moved = await movedAt(db);
  const vault = settings.vault();
  return {
    last_backup: last ? { at: isoTime(Number(last.at)) } : null,
    work: life.read(),
    restored: await readRestored(db),
    moved: moved === null ? null : { at: isoTime(moved) },
    points: await listRestorePoints(dataDir),
    keys_problem: vault.ok ? null : vault.sentence,
  };
}

async function readRestored(db: Db): Promise<BackupState["restored"]> {
  const row = await db
    .selectFrom("backup_events")
    .select(["kind", "at", "made_at", "waiting", "people"])
    .where("kind", "in", ["restore", "undo", "take_back"])
    .where("settled_at", "is", null)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    how: row.kind as "restore" | "undo" | "take_back",
    at: isoTime(Number(row.at)),
    made_at: isoTime(Number(row.made_at)),
    waiting: Number(row.waiting),
    people: Number(row.people),
  };
}
