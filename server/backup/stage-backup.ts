// Prepares a backup file beside the running data: everything that will be swapped in, complete, brought to this version and
// on disk. Nothing that is in use is touched, and what is wrong with the file shows here. Called by restore-backup.
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isoTime } from "../base/clock.ts";
import { hasBackupEvent } from "../db/has-backup-event.ts";
import { type OpenedDatabase, openDatabase } from "../db/open-database.ts";
import { GENERATION_FILES } from "../settings/read-generations.ts";
import type { BackupDeps, TellProgress } from "./backup-deps.ts";
import { type BackupHeader, damaged } from "./backup-header.ts";
import type { Entry } from "./entries.ts";
import { adminFiles, DATABASE, DATABASE_FILES, isAdminFile, STAGING, VAULT_FILES } from "./folder-files.ts";
import { markRestored, type Restored } from "./mark-restored.ts";
import { DATABASE_ENTRY, FILES_PREFIX, readBackup } from "./read-backup.ts";
import { stageSettings } from "./stage-settings.ts";
import { syncFile } from "./sync-file.ts";

/** What is to be swapped: names that go, and those that come. */
export interface Staged {
  readonly names: readonly string[];
  readonly incoming: readonly string[];
}

/** @throws GatewayError backup_unusable, vault_unavailable; the staging folder is gone then. */
export async function stageBackup(
  deps: BackupDeps,
  { file, passphrase }: { readonly file: string; readonly passphrase: string },
  tell: TellProgress,
): Promise<Staged> {
  return inStaging(deps.dataDir, async (staging) => {
    const taken: string[] = [];
    const { header, content } = await readBackup({
      file,
      passphrase,
      onProgress: (share) => tell("Unpacking the backup", share),
      take: async (entry) => void taken.push(await takeEntry(staging, entry)),
    });
    tell("Preparing the database", null);
    await stageDatabase(staging, (db) => settleWhence(deps, db, header));
    tell("Storing the keys on this computer", null);
    const { vaultStays } = await stageSettings(deps, staging, content, header.secrets);
    const files = taken.filter((name) => name !== DATABASE);
    const own = await adminFiles(deps.dataDir);
    const names = [
      ...DATABASE_FILES,
      ...GENERATION_FILES,
      ...(vaultStays ? [] : VAULT_FILES),
      ...new Set([...files, ...own]),
    ];
    return completed(staging, names);
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
  return { names, incoming };
}

async function takeEntry(staging: string, { name, content }: Entry): Promise<string> {
  const target = name === DATABASE_ENTRY ? DATABASE : adminName(name);
  await pipeline(content, createWriteStream(join(staging, target), { flags: "wx", mode: 0o600 }));
  return target;
}

// A name is never a way out of the folder, nor onto what is not the admin's.
function adminName(name: string): string {
  const bare = name.startsWith(FILES_PREFIX) ? name.slice(FILES_PREFIX.length) : "";
  if (!isAdminFile(bare)) throw damaged();
  return bare;
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

/** Longer after it was made, a move's file is taken for a backup like any other: much may have happened since. */
const MOVE_HOURS = 24;

async function settleWhence(deps: BackupDeps, db: OpenedDatabase["db"], header: BackupHeader): Promise<void> {
  const at = deps.clock.now();
  const madeAt = Date.parse(header.made_at);
  const fresh = header.kind === "move" && at - madeAt < MOVE_HOURS * 3_600_000;
  const kind: Restored["kind"] = fresh && !(await cameBefore(deps, header.id)) ? "move_in" : "restore";
  await db.transaction().execute(async (trx) => {
    await markRestored(trx, { kind, at, madeAt, backupId: header.id });
    await trx
      .insertInto("journal")
      .values({
        at,
        severity: "warn",
        event: kind === "move_in" ? "gateway.moved_in" : "backup.restored",
        message: `The data of the backup of ${isoTime(madeAt)} (program ${header.program}) were restored`,
        search: `backup restored moved restore ${header.program}`.toLowerCase(),
      })
      .execute();
  });
}

/** A file that was moved here already would go on a second time, from where it stood then. */
const cameBefore = ({ dataDir }: BackupDeps, backupId: string): Promise<boolean> =>
  hasBackupEvent(join(dataDir, DATABASE), "move_in", backupId);
