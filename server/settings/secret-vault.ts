// What a place for secrets must be able to do. Two exist: the keychain and the encrypted file; open-vault picks one.
import { GatewayError } from "../base/errors.ts";

/** Secret name → text; undefined removes it. */
export type SecretChanges = ReadonlyMap<string, string | undefined>;

/** Both reject with vault_unavailable, whose sentence says why and what to do. */
export interface SecretVault {
  /** For people: where keys are kept. */
  sentence(): string;
  /** The secrets named, as far as there are any. */
  read(names: readonly string[]): Promise<Map<string, string>>;
  /** All of the changes or none. */
  save(changes: SecretChanges): Promise<void>;
}

export function vaultUnavailable(sentence: string, cause?: unknown): GatewayError {
  return new GatewayError("vault_unavailable", { sentence, cause });
}
