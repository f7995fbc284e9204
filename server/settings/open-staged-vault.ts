// A vault for settings that are only being prepared: in this computer's place for keys, under a name of its own, its file in
// a folder of its own. Called when a backup is restored.
import type { Clock } from "../base/clock.ts";
import { createFileVault } from "./file-vault.ts";
import { createSystemKeychain, type KeychainPort } from "./keychain.ts";
import { KEYCHAIN_LIMIT_MS, limitKeychain } from "./limit-keychain.ts";
import { type OpenVault, openVault } from "./open-vault.ts";
import { type Environment, type Flags, readEnvironment } from "./read-environment.ts";

export interface StagedVaultDeps {
  readonly staging: string;
  readonly installationId: string;
  /** null: chosen as at a first start. */
  readonly place: "keychain" | "file" | null;
  readonly environment: Environment;
  readonly flags: Flags;
  readonly clock: Clock;
  readonly keychain?: KeychainPort;
}

/** @throws GatewayError vault_unavailable. */
export async function openStagedVault(deps: StagedVaultDeps): Promise<OpenVault> {
  const { vaultKey } = readEnvironment(deps.environment, deps.flags);
  const own = createSystemKeychain({ environment: deps.environment, platform: process.platform });
  const vault = await openVault({
    installationId: deps.installationId,
    recorded: deps.place,
    names: [],
    vaultKeySet: vaultKey !== undefined,
    file: createFileVault({ dataDir: deps.staging, vaultKey }),
    keychain: limitKeychain(deps.keychain ?? own, deps.clock, KEYCHAIN_LIMIT_MS),
    readOnly: false,
  });
  await vault.ensureOpen();
  return vault;
}
