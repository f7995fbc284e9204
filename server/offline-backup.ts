// Backups from the command line: through the gateway where one runs on the data folder, else with the folder locked.
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import {
  type BackupAbout,
  type BackupWork,
  backupStateSchema,
  sentFileSchema,
  workStartedSchema,
} from "../shared/console/backup.schema.ts";
import { type AskRunning, askRunning } from "./ask-running.ts";
import { checkBackup } from "./backup/check-backup.ts";
import { requirePassphrase } from "./backup/derive-backup-keys.ts";
import { DATABASE } from "./backup/folder-files.ts";
import { makeBackup } from "./backup/make-backup.ts";
import { addEvent } from "./backup/mark-restored.ts";
import { choosePoint, prepareRestore, prepareUndo, swapStaged } from "./backup/restore-backup.ts";
import { finishSwap } from "./backup/swap-folder.ts";
import { syncFile } from "./backup/sync-file.ts";
import { GatewayError } from "./base/errors.ts";
import { copyDatabaseFile } from "./db/copy-database.ts";
import { openDatabase } from "./db/open-database.ts";
import type { Host } from "./host.ts";
import { tryLock } from "./offline-commands.ts";
import { openSettings } from "./settings/open-settings.ts";
import { renameOver, syncFolder } from "./settings/write-file-durably.ts";

export type Tell = (step: string, share: number | null) => void;

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
  const database = join(host.dataDir, DATABASE);
  if (!existsSync(database))
    throw new GatewayError("not_found", { sentence: `There is nothing to back up in ${host.dataDir} yet.` });
  const settings = await openSettings({ ...host, log: host.writeLog, readOnly: true });
  const copyDatabase = async (to: string, onProgress?: (done: number, total: number) => void) =>
    void (await copyDatabaseFile(database, to, onProgress));
  const { target, passphrase, move, withoutSecrets } = request;
  const kind = move ? ("move" as const) : ("backup" as const);
  const { about } = await makeBackup(
    host,
    { settings, copyDatabase },
    { target, passphrase, kind, withSecrets: !withoutSecrets },
    tell,
  );
  await noteBackup(host, about, move);
}

/** Nothing runs on the folder, so a move is only the mark: nothing is started here from now on. */
async function noteBackup(host: Host, about: BackupAbout, move: boolean): Promise<void> {
  const opened = await openDatabase({ dataDir: host.dataDir, beforeMigrating: async () => undefined });
  const at = host.clock.now();
  const made = { at, made_at: Date.parse(about.made_at), backup_id: about.id, waiting: 0, people: 0 };
  try {
    await opened.db.transaction().execute(async (trx) => {
      await addEvent(trx, { kind: "backup", ...made, settled_at: at });
      if (move) await addEvent(trx, { kind: "move_out", ...made, settled_at: null });
    });
  } finally {
    await opened.close();
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

export interface OfflineRestore {
  readonly file: string;
  readonly passphrase: string;
}

/** Checked to its last byte first. @throws GatewayError backup_unusable, vault_unavailable. */
export async function restoreOffline(host: Host, request: OfflineRestore, tell: Tell): Promise<BackupAbout> {
  const about = await checkBackup(request.file, request.passphrase, (share) =>
    tell("Checking the file", share),
  );
  const lock = tryLock(host);
  if (!lock) {
    await restoreThroughRunning(askRunning(host), request, tell);
    return about;
  }
  try {
    await finishSwap(host.dataDir);
    await swapStaged(host, await prepareRestore(host, request, tell), "restore");
    return about;
  } finally {
    lock.release();
  }
}

async function restoreThroughRunning(ask: AskRunning, request: OfflineRestore, tell: Tell): Promise<void> {
  tell("Handing the file to the gateway", null);
  const { size } = await stat(request.file);
  const sent = await ask.send("POST", "/restore/file", {
    body: createReadStream(request.file),
    bytes: size,
  });
  const { file } = sentFileSchema.parse(await sent.json());
  const started = await ask.json("POST", "/restore", { file, passphrase: request.passphrase });
  await untilDone(ask, workStartedSchema.parse(started).work, tell);
}

/** Goes back to the newest point before a restore, or to the one named. @throws GatewayError not_found. */
export async function undoOffline(host: Host, point: string | undefined, tell: Tell): Promise<void> {
  const lock = tryLock(host);
  if (!lock) {
    const ask = askRunning(host);
    const started = await ask.json("POST", "/restore/undo", point === undefined ? {} : { point });
    return untilDone(ask, workStartedSchema.parse(started).work, tell);
  }
  try {
    await finishSwap(host.dataDir);
    const id = await choosePoint(host.dataDir, point);
    await swapStaged(host, await prepareUndo(host, id), "undo");
  } finally {
    lock.release();
  }
}

const LOOK_MS = 200;
/** Longest the gateway may be away while it starts again. */
const AWAY_MS = 60_000;

async function untilDone(ask: AskRunning, id: string, tell: Tell): Promise<void> {
  let awayMs = 0;
  for (;;) {
    const work = await ask.json("GET", "/backup").then(
      (state) => backupStateSchema.parse(state).work,
      (error: unknown) => {
        // It closes and opens again.
        awayMs += LOOK_MS;
        const closing = !(error instanceof GatewayError) || error.code === "data_folder_in_use";
        if (!closing || awayMs > AWAY_MS) throw error;
        return undefined;
      },
    );
    if (work) {
      awayMs = 0;
      if (endedWork(work, id)) return;
      tell(work.step, work.progress);
    }
    await delay(LOOK_MS);
  }
}

function endedWork(work: BackupWork, id: string): boolean {
  if (work.id !== id) throw new GatewayError("backup_busy");
  if (work.state === "failed")
    throw new GatewayError(work.what === "restore" ? "backup_unusable" : "backup_failed", {
      sentence: work.problem ?? "It did not succeed.",
    });
  return work.state === "done";
}
