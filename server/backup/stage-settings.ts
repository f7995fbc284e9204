// The settings of a backup made this computer's own: a new name in the keychain, the keys in this computer's place for keys.
// Everything is written into the staging folder; the running settings are not touched. Called by stage-backup.
import { join } from "node:path";
import type { Settings } from "../../shared/settings.schema.ts";
import { isoTime } from "../base/clock.ts";
import { newId } from "../base/ids.ts";
import { openStagedVault } from "../settings/open-staged-vault.ts";
import { readGenerations } from "../settings/read-generations.ts";
import { repairSettings } from "../settings/repair-settings.ts";
import { sealSettings } from "../settings/seal-settings.ts";
import { upgradeSettings } from "../settings/upgrade.ts";
import { writeFileDurably } from "../settings/write-file-durably.ts";
import type { BackupDeps } from "./backup-deps.ts";
import type { SettingsEntry } from "./read-backup.ts";

/** `vaultStays`: the keys are this computer's own, as they are, since none came. */
export async function stageSettings(
  deps: BackupDeps,
  staging: string,
  { settings: raw, secrets }: SettingsEntry,
  withSecrets: boolean,
): Promise<{ readonly vaultStays: boolean }> {
  const now = deps.clock.now();
  const id = newId("gw", now);
  const own = await ownSettings(deps.dataDir, id);
  const { settings } = repairSettings(upgradeSettings(raw).settings, id);
  const vaultStays = !withSecrets && own !== undefined;
  const next = vaultStays
    ? { ...settings, installation_id: own.installation_id, vault: own.vault, secrets: own.secrets }
    : await withOwnVault(deps, { staging, id, place: own?.vault ?? null }, settings, secrets);
  await writeFileDurably(join(staging, "settings.json"), sealSettings(next, 1, isoTime(now)));
  return { vaultStays };
}

interface Place {
  readonly staging: string;
  readonly id: string;
  /** Where this computer keeps its keys already. */
  readonly place: Settings["vault"];
}

async function withOwnVault(
  deps: BackupDeps,
  { staging, id, place }: Place,
  settings: Settings,
  secrets: SettingsEntry["secrets"],
): Promise<Settings> {
  const vault = await openStagedVault({ ...deps, staging, installationId: id, place });
  if (Object.keys(secrets).length > 0) await vault.save(new Map(Object.entries(secrets)));
  const named = Object.entries(settings.secrets).filter(([name]) => Object.hasOwn(secrets, name));
  return { ...settings, installation_id: id, vault: vault.place(), secrets: Object.fromEntries(named) };
}

/** Those of this data folder; undefined where there are none that can be read. */
async function ownSettings(dataDir: string, id: string): Promise<Settings | undefined> {
  const found = await readGenerations(dataDir).catch(() => undefined);
  const newest = found?.newest;
  return newest && repairSettings(upgradeSettings(newest.settings).settings, id).settings;
}
