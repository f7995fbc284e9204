// Prepares a backup file beside the running data: everything that will be swapped in, complete, brought to this version and
// on disk. Nothing that is in use is touched, and what is wrong with the file shows here. Called by restore-backup.
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isoTime } from "../base/clock.ts";
import { type OpenedDatabase, openDatabase } from "../db/open-database.ts";
import { readBackupPast } from "../db/read-backup-past.ts";
import { GENERATION_FILES } from "../settings/read-generations.ts";
import { syncFolder } from "../settings/write-file-durably.ts";
import type { BackupDeps, TellProgress } from "./backup-deps.ts";
import { type BackupHeader, damaged } from "./backup-header.ts";
import type { Entry } from "./entries.ts";
import { DATA_FILES, DATABASE, DATABASE_FILES, isDataFile, STAGING, VAULT_FILES } from "./folder-files.ts";
import { goesOn } from "./goes-on.ts";
import { markRestored } from "./mark-restored.ts";
import { knowsMove } from "./move-ledger.ts";
import { DATABASE_ENTRY, FILES_PREFIX, readBackup } from "./read-backup.ts";
import { stageSettings } from "./stage-settings.ts";
import { syncFile } from "./sync-file.ts";

/** What is to be swapped: names that go, and those that come. */
export interface Staged {
  readonly names: readonly string[];
  readonly incoming: readonly string[];
  /** Id of the move whose file it is; null for any other backup and for a restore point. */
  readonly moveId: string | null;
  /** Outreach goes on by itself; else it is paused until a person has looked. */
  readonly goesOn: boolean;
}

/** @throws GatewayError backup_unusable, vault_unavailable; the staging folder is gone then. */
export async function stageBackup(
  deps: BackupDeps,
  { file, passphrase }: { readonly file: string; readonly passphrase: string },
  tell: TellProgress,
): Promise<Staged> {
  return inStaging(deps.dataDir, async (staging) => {
    const { header, content } = await readBackup({
      file,
      passphrase,
      onProgress: (share) => tell("Unpacking the backup", share),
      take: (entry) => takeEntry(staging, entry),
    });
    tell("Preparing the database", null);
    const alone = await mayGoOn(deps, header);
    await stageDatabase(staging, (db) => settleWhence(deps, db, header, alone));
    tell("Storing the keys on this computer", null);
    const { vaultStays } = await stageSettings(deps, staging, content, header.secrets);
    const vault = vaultStays ? [] : VAULT_FILES;
    const names = [...DATABASE_FILES, ...GENERATION_FILES, ...vault, ...DATA_FILES];
    const moveId = header.kind === "move" ? header.id : null;
    return { ...(await completed(staging, names)), moveId, goesOn: alone };
  });
}

/** Runs `work` in an empty staging folder, which goes again when it fails. */
export async function inStaging(
  dataDir: string,
  work: (staging: string) => Promise<Staged>,
): Promise<Staged> {
  const staging = join(dataDir, STAGING);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  try {
    return await work(staging);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

/** Those of `names` that were prepared come in; each is on disk. */
export async function completed(staging: string, names: readonly string[]): Promise<Staged> {
  const incoming = names.filter((name) => existsSync(join(staging, name)));
  for (const name of incoming) await syncFile(join(staging, name));
  // A name that is lost with the power would be taken for one that is in its place already.
  await syncFolder(staging);
  return { names, incoming, moveId: null, goesOn: false };
}

async function takeEntry(staging: string, { name, content }: Entry): Promise<void> {
  const target = name === DATABASE_ENTRY ? DATABASE : dataName(name);
  if (target !== undefined) {
    await pipeline(content, createWriteStream(join(staging, target), { flags: "wx", mode: 0o600 }));
    return;
  }
  for await (const _ of content);
}

// A name is never a way out of the folder. Files that other versions took along stay in the backup.
function dataName(name: string): string | undefined {
  if (!name.startsWith(FILES_PREFIX)) throw damaged();
  const bare = name.slice(FILES_PREFIX.length);
  return isDataFile(bare) ? bare : undefined;
}

/** Brings a prepared database to this version and changes what has to change in it. */
export async function stageDatabase(
  staging: string,
  change: (db: OpenedDatabase["db"]) => Promise<void>,
): Promise<void> {
  const opened = await openDatabase({ dataDir: staging, beforeMigrating: async () => undefined });
  try {
    await change(opened.db);
  } finally {
    await opened.close();
  }
}

async function mayGoOn(
  { dataDir, clock }: BackupDeps,
  { kind, id, made_at }: BackupHeader,
): Promise<boolean> {
  if (kind !== "move") return false;
  // One that cannot be read tells nothing of what was done with it.
  const past = await readBackupPast(join(dataDir, DATABASE), id).catch(() => ({
    known: true,
    awaySince: null,
  }));
  const known = past.known || (await knowsMove(dataDir, id));
  return goesOn({
    ...{ kind, known, awaySince: past.awaySince },
    ...{ madeAt: Date.parse(made_at), at: clock.now() },
  });
}

async function settleWhence(
  deps: BackupDeps,
  db: OpenedDatabase["db"],
  header: BackupHeader,
  alone: boolean,
): Promise<void> {
  const at = deps.clock.now();
  const madeAt = Date.parse(header.made_at);
  const kind = alone ? "move_in" : "restore";
  await db.transaction().execute(async (trx) => {
    await markRestored(trx, { kind, at, madeAt, backupId: header.id });
    await trx
      .insertInto("journal")
      .values({
        at,
        severity: "warn",
        event: alone ? "gateway.moved_in" : "backup.restored",
        message: `The data of the backup of ${isoTime(madeAt)} (program ${header.program}) were restored`,
        search: `backup restored moved restore ${header.program}`.toLowerCase(),
      })
      .execute();
  });
}
