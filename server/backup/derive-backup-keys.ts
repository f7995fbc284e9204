// From a passphrase to the keys of one backup file. Called by write-backup and read-backup.
import { randomBytes } from "node:crypto";
import { SHORTEST_PASSPHRASE } from "../../shared/console/backup.schema.ts";
import { deriveKey } from "../base/derive-key.ts";
import { GatewayError } from "../base/errors.ts";
import type { BackupHeader } from "./backup-header.ts";

export interface BackupKeys {
  /** Seals the pieces. */
  readonly seal: Buffer;
  /** Proves the passphrase by the header alone. */
  readonly proof: Buffer;
}

/** 128 MB and about half a second: what a thief of the file pays for each guess. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;

export const newKdf = (): BackupHeader["kdf"] => ({
  name: "scrypt",
  ...COST,
  salt: randomBytes(16).toString("base64"),
});

/** @throws GatewayError invalid_request for one that is too short; it never names the passphrase. */
export function requirePassphrase(passphrase: string): void {
  if ([...passphrase.normalize("NFC")].length >= SHORTEST_PASSPHRASE) return;
  throw new GatewayError("invalid_request", {
    sentence: `The passphrase must have at least ${SHORTEST_PASSPHRASE} characters.`,
  });
}

/** The same passphrase typed on another keyboard may come composed otherwise; it is the same. */
export async function deriveBackupKeys(passphrase: string, kdf: BackupHeader["kdf"]): Promise<BackupKeys> {
  const key = await deriveKey(passphrase.normalize("NFC"), kdf, 64);
  return { seal: key.subarray(0, 32), proof: key.subarray(32) };
}
