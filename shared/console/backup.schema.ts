// GET /api/backup : the last backup, what goes on now, what a restore left to look at.
// POST /api/backup : makes one; GET /api/backup/file/:id takes it. POST /api/restore/file, /check and /api/restore : from a
// file to a gateway that goes on from it. POST /api/restore/undo, /go-on, /api/backup/take-back. GET /api/restore-points.
import { z } from "zod";

export const SHORTEST_PASSPHRASE = 12;
const passphrase = z.string().max(1_000);

/** move: the gateway that was backed up stands still, and the restored one goes on by itself. */
export const BACKUP_KINDS = ["backup", "move"] as const;

/** What a backup file says of itself. */
export const backupAboutSchema = z.object({
  id: z.string(),
  kind: z.enum(BACKUP_KINDS),
  made_at: z.iso.datetime(),
  /** Version of the program that made it. */
  program: z.string(),
  /** False: the keys are not in it. */
  secrets: z.boolean(),
});
export type BackupAbout = z.infer<typeof backupAboutSchema>;

export const makeBackupSchema = z.strictObject({
  passphrase,
  without_secrets: z.boolean().default(false),
  move: z.boolean().default(false),
});
export type MakeBackup = z.infer<typeof makeBackupSchema>;

export const restoreBodySchema = z.strictObject({
  /** The file that was sent, as POST /api/restore/file named it. */
  file: z.string(),
  passphrase,
});
export const undoBodySchema = z.strictObject({
  /** The newest one before a restore, unless named. */
  point: z.string().optional(),
});

export const BACKUP_WORK = ["backup", "move", "check", "restore", "undo", "take_back"] as const;

/** What goes on, or how the last of it ended. */
export const backupWorkSchema = z.object({
  id: z.string(),
  what: z.enum(BACKUP_WORK),
  state: z.enum(["working", "done", "failed"]),
  /** What it is at, for a person. */
  step: z.string(),
  /** 0 to 1; null while it cannot be told. */
  progress: z.number().nullable(),
  /** A sentence when it failed. */
  problem: z.string().nullable(),
  /** Bytes of the finished file; null when there is none to be taken. */
  bytes: z.number().nullable(),
  file_name: z.string().nullable(),
  /** Of the file that was checked. */
  about: backupAboutSchema.nullable(),
});
export type BackupWork = z.infer<typeof backupWorkSchema>;

export const RESTORE_REASONS = ["restore", "undo", "migration", "update"] as const;
export const restorePointSchema = z.object({
  id: z.string(),
  reason: z.enum(RESTORE_REASONS),
  kept_at: z.iso.datetime(),
  program: z.string(),
  bytes: z.number(),
});
export type RestorePoint = z.infer<typeof restorePointSchema>;
export const restorePointsSchema = z.object({ points: z.array(restorePointSchema) });

export const backupStateSchema = z.object({
  last_backup: z.object({ at: z.iso.datetime() }).nullable(),
  work: backupWorkSchema.nullable(),
  /** Data from an earlier moment, and nobody let outreach go on yet. */
  restored: z
    .object({
      how: z.enum(["restore", "undo", "take_back"]),
      at: z.iso.datetime(),
      made_at: z.iso.datetime(),
      waiting: z.number(),
      people: z.number(),
    })
    .nullable(),
  /** The gateway went on on another computer. */
  moved: z.object({ at: z.iso.datetime() }).nullable(),
  points: z.array(restorePointSchema),
  /** The vault cannot be read, so a backup would lack the keys. */
  keys_problem: z.string().nullable(),
});
export type BackupState = z.infer<typeof backupStateSchema>;

export const sentFileSchema = z.object({ file: z.string(), bytes: z.number() });
export const workStartedSchema = z.object({ work: z.string() });
