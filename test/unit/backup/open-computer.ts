// A computer with a data folder of its own, and what is done there with backups. Shared by the tests of backups.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { BackupDeps } from "../../../server/backup/backup-deps.ts";
import { type BackupRequest, type BackupSource, makeBackup } from "../../../server/backup/make-backup.ts";
import { prepareRestore, swapStaged } from "../../../server/backup/restore-backup.ts";
import type { Staged } from "../../../server/backup/stage-backup.ts";
import { copyDatabaseFile } from "../../../server/db/copy-database.ts";
import { openDatabase } from "../../../server/db/open-database.ts";
import type { Db } from "../../../server/db/schema.ts";
import type { Host } from "../../../server/host.ts";
import { openSettings } from "../../../server/settings/open-settings.ts";
import type { SettingsRoom } from "../../../server/settings/settings-room.ts";
import { createFakeClock, type FakeClock } from "../../helpers/fake-clock.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";
import { type MemoryKeychain, memoryKeychain } from "../settings/open-test-settings.ts";

export const PASSPHRASE = "correct horse battery";

export interface Computer extends Host {
  readonly clock: FakeClock;
  readonly keychain: MemoryKeychain;
}

export function openComputer(
  keychain: MemoryKeychain = memoryKeychain(),
  environment: Readonly<Record<string, string>> = {},
): Computer {
  const clock = createFakeClock();
  const dataDir = makeTempFolder();
  const more = { pagesDir: dataDir, writeLog: () => undefined, version: "1.0.0" };
  return { dataDir, environment, flags: {}, clock, keychain, ...more };
}

export const settingsOf = (deps: BackupDeps): Promise<SettingsRoom> =>
  openSettings({ ...deps, log: () => undefined });

/** A brokerage with this key in its settings, and a database of this version. */
export async function filled(deps: BackupDeps, key: string): Promise<void> {
  const settings = await settingsOf(deps);
  await settings.apply({ tenants: [{ domain_name: "acme", fub_api_key: key }] });
  await inDatabaseOf(deps, async () => undefined);
}

export async function inDatabaseOf<T>(deps: BackupDeps, work: (db: Db) => Promise<T>): Promise<T> {
  const opened = await openDatabase({ dataDir: deps.dataDir, beforeMigrating: async () => undefined });
  try {
    return await work(opened.db);
  } finally {
    await opened.close();
  }
}

/** The file's path. */
export async function backupOf(
  deps: BackupDeps,
  more: Partial<BackupRequest> = {},
  from: Partial<BackupSource> = {},
  tell?: Parameters<typeof makeBackup>[3],
): Promise<string> {
  const target = join(makeTempFolder(), "one.gwbackup");
  const copyDatabase = async (to: string): Promise<void> =>
    void (await copyDatabaseFile(join(deps.dataDir, "gateway.db"), to));
  const source = { settings: await settingsOf(deps), copyDatabase, ...from };
  const request = { target, passphrase: PASSPHRASE, kind: "backup", withSecrets: true, ...more } as const;
  await makeBackup(deps, source, request, tell);
  return target;
}

export async function restoreOn(deps: BackupDeps, file: string): Promise<Staged> {
  const staged = await prepareRestore(deps, { file, passphrase: PASSPHRASE });
  await swapStaged(deps, staged, "restore");
  return staged;
}

/** Every file in the folder with a print of its content. */
export function printOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths
      .map((path) => [relative(folder, path), createHash("sha256").update(readFileSync(path)).digest("hex")])
      .sort(),
  );
}
