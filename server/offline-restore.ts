// Restores and undoes from the command line: through the gateway where one runs on the data folder, else with the folder locked.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { type BackupAbout, sentFileSchema, workStartedSchema } from "../shared/console/backup.schema.ts";
import { type AskRunning, askRunning } from "./ask-running.ts";
import { checkBackup } from "./backup/check-backup.ts";
import { noteVersion } from "./backup/keep-before-update.ts";
import { choosePoint, prepareRestore, prepareUndo, swapStaged } from "./backup/restore-backup.ts";
import { finishSwap } from "./backup/swap-folder.ts";
import { type Tell, untilDone } from "./follow-work.ts";
import type { Host } from "./host.ts";
import { tryLock } from "./offline-commands.ts";

export interface OfflineRestore {
  readonly file: string;
  readonly passphrase: string;
}

export interface RestoredOffline {
  readonly about: BackupAbout;
  /** Outreach goes on by itself; else it is paused until a person has looked. */
  readonly goesOn: boolean;
}

/** Checked to its last byte first. @throws GatewayError backup_unusable, vault_unavailable. */
export async function restoreOffline(
  host: Host,
  request: OfflineRestore,
  tell: Tell,
): Promise<RestoredOffline> {
  const about = await checkBackup(request.file, request.passphrase, (share) =>
    tell("Checking the file", share),
  );
  const lock = tryLock(host);
  if (!lock) return { about, goesOn: await restoreThroughRunning(askRunning(host), request, tell) };
  try {
    await finishSwap(host.dataDir);
    const staged = await prepareRestore(host, request, tell);
    await swapStaged(host, staged, "restore");
    await noteVersion(host);
    return { about, goesOn: staged.goesOn };
  } finally {
    lock.release();
  }
}

/** Whether outreach goes on by itself. */
async function restoreThroughRunning(ask: AskRunning, request: OfflineRestore, tell: Tell): Promise<boolean> {
  tell("Handing the file to the gateway", null);
  const { size } = await stat(request.file);
  const sent = await ask.send("POST", "/restore/file", {
    body: createReadStream(request.file),
    bytes: size,
  });
  const { file } = sentFileSchema.parse(await sent.json());
  const started = await ask.json("POST", "/restore", { file, passphrase: request.passphrase });
  const { restored } = await untilDone(ask, workStartedSchema.parse(started).work, tell);
  return restored === null;
}

/** Goes back to the newest point before a restore, or to the one named. @throws GatewayError not_found. */
export async function undoOffline(host: Host, point: string | undefined, tell: Tell): Promise<void> {
  const lock = tryLock(host);
  if (!lock) {
    const ask = askRunning(host);
    const started = await ask.json("POST", "/restore/undo", point === undefined ? {} : { point });
    await untilDone(ask, workStartedSchema.parse(started).work, tell);
    return;
  }
  try {
    await finishSwap(host.dataDir);
    const id = await choosePoint(host.dataDir, point);
    await swapStaged(host, await prepareUndo(host, id), "undo");
  } finally {
    lock.release();
  }
}
