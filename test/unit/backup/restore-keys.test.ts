// Keys on another computer: its own keychain, under a name of its own, and back again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BackupDeps } from "../../../server/backup/backup-deps.ts";
import { makeBackup } from "../../../server/backup/make-backup.ts";
import {
  choosePoint,
  prepareRestore,
  prepareUndo,
  swapStaged,
} from "../../../server/backup/restore-backup.ts";
import { copyDatabaseFile } from "../../../server/db/copy-database.ts";
import { openDatabase } from "../../../server/db/open-database.ts";
import { openSettings } from "../../../server/settings/open-settings.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";
import { type MemoryKeychain, memoryKeychain } from "../settings/open-test-settings.ts";

const PASSPHRASE = "correct horse battery";

function computer(keychain: MemoryKeychain, environment: Readonly<Record<string, string>> = {}): BackupDeps {
  const { clock } = { clock: createFakeClock() };
  return { dataDir: makeTempFolder(), environment, flags: {}, clock, keychain, version: "1.0.0" };
}

const settingsOf = (deps: BackupDeps) => openSettings({ ...deps, log: () => undefined });
const installationOf = async (deps: BackupDeps): Promise<string> =>
  (await settingsOf(deps)).current().installation_id;

async function filled(deps: BackupDeps, key: string): Promise<void> {
  const settings = await settingsOf(deps);
  await settings.apply({ tenants: [{ domain_name: "acme", fub_api_key: key }] });
  const opened = await openDatabase({ dataDir: deps.dataDir, beforeMigrating: async () => undefined });
  await opened.close();
}

async function backupOf(deps: BackupDeps): Promise<string> {
  const target = join(makeTempFolder(), "one.gwbackup");
  const copyDatabase = async (to: string): Promise<void> =>
    void (await copyDatabaseFile(join(deps.dataDir, "gateway.db"), to));
  const source = { settings: await settingsOf(deps), copyDatabase };
  await makeBackup(deps, source, { target, passphrase: PASSPHRASE, kind: "backup", withSecrets: true });
  return target;
}

const keyOf = async (deps: BackupDeps): Promise<string | undefined> =>
  (await settingsOf(deps)).secret("tenant/acme/fub_api_key");

test("go into the keychain of the computer they are restored on, under another name than on the old one", async () => {
  const shared = memoryKeychain();
  const old = computer(shared);
  await filled(old, "fka_old");
  const file = await backupOf(old);
  const there = computer(shared);
  await swapStaged(there, await prepareRestore(there, { file, passphrase: PASSPHRASE }), "restore");
  expect(await keyOf(there)).toBe("fka_old");
  expect(await installationOf(there)).not.toBe(await installationOf(old));
  // Even in one keychain, what one of them changes is not the other's.
  await (await settingsOf(there)).apply({ tenants: [{ domain_name: "acme", fub_api_key: "fka_new" }] });
  expect([await keyOf(old), await keyOf(there)]).toEqual(["fka_old", "fka_new"]);
});

test("go into the encrypted file where there is no keychain, and an undo brings the old ones back", async () => {
  const old = computer(memoryKeychain());
  await filled(old, "fka_old");
  const file = await backupOf(old);
  expect(readFileSync(file).includes("fka_old")).toBe(false);
  const there = computer(memoryKeychain(), { GATEWAY_VAULT_KEY: "of this computer" });
  await filled(there, "fka_there");
  const was = await installationOf(there);
  await swapStaged(there, await prepareRestore(there, { file, passphrase: PASSPHRASE }), "restore");
  expect(await keyOf(there)).toBe("fka_old");
  expect((await settingsOf(there)).vault()).toMatchObject({ kind: "file", ok: true });
  const point = await choosePoint(there.dataDir, undefined);
  await swapStaged(there, await prepareUndo(there, point), "undo");
  expect([await keyOf(there), await installationOf(there)]).toEqual(["fka_there", was]);
});
