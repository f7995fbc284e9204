// Where this gateway's secrets are: picks the place once, reads what is known to be there, keeps it in memory.
// A place that fails is an error, never a reason to use the other one. Called by open-settings.
import { GatewayError } from "../base/errors.ts";
import { KeychainError, type KeychainPort } from "./keychain.ts";
import { createKeychainVault, keychainProblem } from "./keychain-vault.ts";
import { type SecretChanges, type SecretVault, vaultUnavailable } from "./secret-vault.ts";
import type { VaultState } from "./settings-room.ts";

export type VaultPlace = "keychain" | "file";

export interface OpenVaultDeps {
  readonly installationId: string;
  /** The choice recorded in the settings; null before the first. */
  readonly recorded: VaultPlace | null;
  /** Names of the secrets the settings say are stored. */
  readonly names: readonly string[];
  /** GATEWAY_VAULT_KEY is set: whoever starts anew with it asks for the file. */
  readonly vaultKeySet: boolean;
  readonly keychain: KeychainPort;
  readonly file: SecretVault;
  /** Then nothing is chosen and nothing written. */
  readonly readOnly: boolean;
}

export interface OpenVault {
  state(): VaultState;
  /** To be recorded in the settings; null while no choice could be made. */
  place(): VaultPlace | null;
  get(name: string): string | undefined;
  /** Names that should be there and are not; empty while the vault cannot be read. */
  missing(): readonly string[];
  /** Tries again when the vault could not be opened earlier. Rejects with vault_unavailable. */
  ensureOpen(): Promise<void>;
  /** Stores all changes or none, then remembers them. Rejects with vault_unavailable. */
  save(changes: SecretChanges): Promise<void>;
}

/** Never rejects: a vault that cannot be opened says so in `state()`. */
export async function openVault(deps: OpenVaultDeps): Promise<OpenVault> {
  const names = new Set(deps.names);
  let place = deps.recorded;
  let secrets = new Map<string, string>();
  let vault: SecretVault | undefined;
  let failure: GatewayError | undefined;

  const ensureOpen = async (): Promise<void> => {
    if (vault) return;
    try {
      place ??= await choosePlace(deps);
      const candidate = placeVault(place, deps);
      secrets = await candidate.read([...names]);
      vault = candidate;
      failure = undefined;
    } catch (error) {
      failure = error instanceof GatewayError ? error : vaultUnavailable(keychainProblem(error), error);
      throw failure;
    }
  };
  if (place !== null || !deps.readOnly) await ensureOpen().catch(() => undefined);

  return {
    ensureOpen,
    place: () => place,
    get: (name) => secrets.get(name),
    missing: () => (vault ? [...names].filter((name) => !secrets.has(name)) : []),
    state: () => vaultState(place, vault, failure, names.size > 0 && secrets.size === 0),
    save: async (changes) => {
      await ensureOpen();
      await vault?.save(changes);
      for (const [name, secret] of changes) {
        if (secret === undefined) secrets.delete(name);
        else secrets.set(name, secret);
        if (secret === undefined) names.delete(name);
        else names.add(name);
      }
    },
  };
}

function placeVault(place: VaultPlace, deps: OpenVaultDeps): SecretVault {
  return place === "keychain" ? createKeychainVault(deps.keychain, deps.installationId) : deps.file;
}

/** First start: GATEWAY_VAULT_KEY asks for the file; else the keychain, unless this machine has none at all. */
async function choosePlace(deps: OpenVaultDeps): Promise<VaultPlace> {
  if (deps.vaultKeySet) return "file";
  try {
    await probe(deps.keychain, `${deps.installationId}/probe`);
    return "keychain";
  } catch (error) {
    if (error instanceof KeychainError && error.kind === "absent") return "file";
    throw vaultUnavailable(
      `${keychainProblem(error)} To do without it, set GATEWAY_VAULT_KEY; keys are then kept in an encrypted file.`,
      error,
    );
  }
}

/** Only a keychain that gives back what it was given may be trusted with keys. */
async function probe(keychain: KeychainPort, account: string): Promise<void> {
  await keychain.set(account, "probe");
  const back = await keychain.get(account);
  await keychain.delete(account);
  if (back !== "probe") throw new KeychainError("failed", "it did not give back what was stored in it");
}

function vaultState(
  place: VaultPlace | null,
  vault: SecretVault | undefined,
  failure: GatewayError | undefined,
  emptied: boolean,
): VaultState {
  const kind = place ?? "none";
  if (failure) return { kind, ok: false, sentence: failure.sentence };
  if (!vault) return { kind, ok: true, sentence: "No place for keys has been chosen yet." };
  if (!emptied) return { kind, ok: true, sentence: vault.sentence() };
  const remedy = "Was the data folder moved from another computer or user? Enter the keys again.";
  return { kind, ok: false, sentence: `${vault.sentence()} But none of the stored keys is there. ${remedy}` };
}
