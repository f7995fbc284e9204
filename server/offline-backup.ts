// Backups from the command line: through the gateway where one runs on the data folder, else with the folder locked.
import { createWriteStream, existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type BackupAbout, workStartedSchema } from "../shared/console/backup.schema.ts";
import { type AskRunning, askRunning } from "./ask-running.ts";
import { requirePassphrase } from "./backup/derive-backup-keys.ts";
import { DATABASE } from "./backup/folder-files.ts";
import { makeBackup } from "./backup/make-backup.ts";
import { type Move, markMoved, unmarkMoved } from "./backup/mark-moved.ts";
import { addEvent } from "./backup/mark-restored.ts";
import { keepRestorePoint } from "./backup/restore-points.ts";
import { finishSwap } from "./backup/swap-folder.ts";
import { syncFile } from "./backup/sync-file.ts";
import { GatewayError, sentenceOf } from "./base/errors.ts";
import { copyDatabaseFile } from "./db/copy-database.ts";
import { LAST_STEP, stepBefore } from "./db/migrate.ts";
import { openAsItIs, openDatabase } from "./db/open-database.ts";
import type { Db } from "./db/schema.ts";
import { type Tell, untilDone } from "./follow-work.ts";
import type { Host } from "./host.ts";
import { tryLock } from "./offline-commands.ts";
import { openSettings } from "./settings/open-settings.ts";
import { renameOver, syncFolder } from "./settings/write-file-durably.ts";

export interface OfflineBackup {
  /** Whole path. */
  readonly target: string;
  readonly passphrase: string;
  readonly withoutSecrets: boolean;
  readonly move: boolean;
}

/** @throws GatewayError backup_failed, vault_unavailable, invalid_request (passphrase), not_found (nothing there). */
export async function backupOffline(host: Host, request: OfflineBackup, tell: Tell): Promise<void> {
  requirePassphrase(request.passphrase);
  const lock = tryLock(host);
  if (!lock) return backupThroughRunning(askRunning(host), request, tell);
  try {
    await finishSwap(host.dataDir);
    await backupFolder(host, request, tell);
  } finally {
    lock.release();
  }
}

async function backupFolder(host: Host, request: OfflineBackup, tell: Tell): Promise<void> {
  if (!existsSync(join(host.dataDir, DATABASE)))
    throw new GatewayError("not_found", { sentence: `There is nothing to back up in ${host.dataDir} yet.` });
  const about = request.move ? await moveFolder(host, request, tell) : await makeFile(host, request, tell);
  // The file is there and whole; only the console would like to know.
  await noteBackup(host, about).catch((error: unknown) =>
    host.writeLog(`The backup was made, but that could not be noted: ${sentenceOf(error)}\n`),
  );
}

async function makeFile(host: Host, request: OfflineBackup, tell: Tell, move?: Move): Promise<BackupAbout> {
  const database = join(host.dataDir, DATABASE);
  const { close, pending } = await openAsItIs(host.dataDir);
  await close();
  const settings = await openSettings({ ...host, log: host.writeLog, readOnly: true });
  const copyDatabase = async (to: string, onProgress?: (done: number, total: number) => void) =>
    void (await copyDatabaseFile(database, to, onProgress));
  const { target, passphrase, withoutSecrets } = request;
  const how = move ? { kind: "move" as const, move } : { kind: "backup" as const };
  const { about } = await makeBackup(
    host,
    { settings, copyDatabase, schema: stepBefore(pending) ?? LAST_STEP },
    { target, passphrase, withSecrets: !withoutSecrets, ...how },
    tell,
  );
  return about;
}

/** Nothing runs on the folder, so a move is only the mark: nothing is started here from now on. */
async function moveFolder(host: Host, request: OfflineBackup, tell: Tell): Promise<BackupAbout> {
  const { dataDir, clock } = host;
  const move = await inDatabase(host, (db) => markMoved(db, { dataDir, at: clock.now() }));
  try {
    return await makeFile(host, request, tell, move);
  } catch (error) {
    await inDatabase(host, (db) => unmarkMoved(db, move)).catch((failure: unknown) =>
      host.writeLog(
        `The gateway still counts as moved; take it back in its console: ${sentenceOf(failure)}\n`,
      ),
    );
    throw error;
  }
}

/** An older database is brought to this version, with what was there kept. */
async function inDatabase<T>(host: Host, work: (db: Db) => Promise<T>): Promise<T> {
  const meta = { reason: "migration", kept_at: host.clock.now(), program: host.version } as const;
  const opened = await openDatabase({
    dataDir: host.dataDir,
    beforeMigrating: async (copy) => void (await keepRestorePoint(host.dataDir, meta, copy)),
  });
  try {
    return await work(opened.db);
  } finally {
    await opened.close();
  }
}

// An older database is left as it is: a backup must not be what keeps its own version from starting again.
async function noteBackup(host: Host, { id, made_at }: BackupAbout): Promise<void> {
  const { db, pending, close } = await openAsItIs(host.dataDir);
  const at = host.clock.now();
  const made = { at, made_at: Date.parse(made_at), backup_id: id, waiting: 0, people: 0, settled_at: at };
  try {
    if (pending.length === 0) await addEvent(db, { kind: "backup", ...made });
  } finally {
    await close();
  }
}

async function backupThroughRunning(ask: AskRunning, request: OfflineBackup, tell: Tell): Promise<void> {
  const { passphrase, withoutSecrets, move, target } = request;
  const body = { passphrase, without_secrets: withoutSecrets, move };
  const { work } = workStartedSchema.parse(await ask.json("POST", "/backup", body));
  await untilDone(ask, work, tell);
  const response = await ask.send("GET", `/backup/file/${work}`);
  if (!response.body) throw new GatewayError("backup_failed");
  const part = `${target}.part`;
  try {
    await rm(part, { force: true });
    await pipeline(response.body, createWriteStream(part, { flags: "wx", mode: 0o600 }));
    await syncFile(part);
    await renameOver(part, target);
    await syncFolder(dirname(target));
  } catch (cause) {
    await rm(part, { force: true });
    throw new GatewayError("backup_failed", {
      sentence: `The backup ${target} could not be written.${move ? " The gateway stands still as moved: take it back in its console, or take the file there." : ""}`,
      cause,
    });
  }
}
