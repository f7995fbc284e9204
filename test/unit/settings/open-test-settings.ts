// A settings room over a real temporary folder, with a keychain the test owns. Shared by the settings' tests.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import { KeychainError, type KeychainPort } from "../../../server/settings/keychain.ts";
import { openSettings, type SettingsDeps } from "../../../server/settings/open-settings.ts";
import type { SettingsRoom } from "../../../server/settings/settings-room.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

/** A folder that goes when the test does. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gateway-settings-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface MemoryKeychain extends KeychainPort {
  readonly entries: Map<string, string>;
  /** Set: every operation fails with it. */
  trouble: KeychainError | undefined;
  /** Number of operations so far. */
  asked: number;
}

export function memoryKeychain(trouble?: KeychainError): MemoryKeychain {
  const entries = new Map<string, string>();
  const keychain: MemoryKeychain = {
    entries,
    trouble,
    asked: 0,
    get: async (account) => {
      check();
      return entries.get(account);
    },
    set: async (account, secret) => {
      check();
      entries.set(account, secret);
    },
    delete: async (account) => {
      check();
      entries.delete(account);
    },
  };
  const check = (): void => {
    keychain.asked++;
    if (keychain.trouble) throw keychain.trouble;
  };
  return keychain;
}

/** A machine without a keychain: the gateway then uses its encrypted file. */
export const noKeychain = (): MemoryKeychain =>
  memoryKeychain(new KeychainError("absent", "no keychain here"));

export const lockedKeychain = (): MemoryKeychain =>
  memoryKeychain(new KeychainError("failed", "it is locked"));

/** Settings in `dataDir`; no environment, no flags, no keychain unless given. */
export function openIn(dataDir: string, deps: Partial<SettingsDeps> = {}): Promise<SettingsRoom> {
  return openSettings({
    dataDir,
    environment: {},
    flags: {},
    clock: createFakeClock(),
    keychain: noKeychain(),
    log: () => undefined,
    ...deps,
  });
}

/** The GatewayError a promise rejects with; fails when it does not. */
export async function refusalOf(promise: Promise<unknown>): Promise<GatewayError> {
  const outcome = await promise.then(
    () => "nothing was thrown",
    (error: unknown) => error,
  );
  if (outcome instanceof GatewayError) return outcome;
  throw new Error(`Expected a GatewayError, got ${String(outcome)}`, { cause: outcome });
}

/** `path: message` of each problem in an error's details. */
export function problemsOf(error: GatewayError): string[] {
  const details = error.details as { path: string; message: string }[];
  return details.map(({ path, message }) => `${path}: ${message}`);
}
