// Keys on another computer: its own keychain, under a name of its own, and back again.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { BackupDeps } from "../../../server/backup/backup-deps.ts";
import {
  choosePoint,
  prepareRestore,
  prepareUndo,
  swapStaged,
} from "../../../server/backup/restore-backup.ts";
import { memoryKeychain } from "../settings/open-test-settings.ts";
import { backupOf, filled, openComputer, PASSPHRASE, settingsOf } from "./open-computer.ts";

const installationOf = async (deps: BackupDeps): Promise<string> =>
  (await settingsOf(deps)).current().installation_id;

const keyOf = async (deps: BackupDeps): Promise<string | undefined> =>
  (await settingsOf(deps)).secret("tenant/acme/fub_api_key");

test("go into the keychain of the computer they are restored on, under another name than on the old one", async () => {
  const shared = memoryKeychain();
  const old = openComputer(shared);
  await filled(old, "fka_old");
  const file = await backupOf(old);
  const there = openComputer(shared);
  await swapStaged(there, await prepareRestore(there, { file, passphrase: PASSPHRASE }), "restore");
  expect(await keyOf(there)).toBe("fka_old");
  expect(await installationOf(there)).not.toBe(await installationOf(old));
  // Even in one keychain, what one of them changes is not the other's.
  await (await settingsOf(there)).apply({ tenants: [{ domain_name: "acme", fub_api_key: "fka_new" }] });
  expect([await keyOf(old), await keyOf(there)]).toEqual(["fka_old", "fka_new"]);
});

test("go into the encrypted file where there is no keychain, and an undo brings the old ones back", async () => {
  const old = openComputer(memoryKeychain());
  await filled(old, "fka_old");
  const file = await backupOf(old);
  expect(readFileSync(file).includes("fka_old")).toBe(false);
  const there = openComputer(memoryKeychain(), { GATEWAY_VAULT_KEY: "of this computer" });
  await filled(there, "fka_there");
  const was = await installationOf(there);
  await swapStaged(there, await prepareRestore(there, { file, passphrase: PASSPHRASE }), "restore");
  expect(await keyOf(there)).toBe("fka_old");
  expect((await settingsOf(there)).vault()).toMatchObject({ kind: "file", ok: true });
  const point = await choosePoint(there.dataDir, undefined);
  await swapStaged(there, await prepareUndo(there, point), "undo");
  expect([await keyOf(there), await installationOf(there)]).toEqual(["fka_there", was]);
});
