// The operating system's keychain behind four small promises. Loaded only when used; called by keychain-vault.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { toError } from "../base/errors.ts";
import type { Environment } from "./read-environment.ts";

/** One password per account name under the service "aventora-gateway". Rejects with KeychainError only. */
export interface KeychainPort {
  /** Undefined when the keychain answers and has no such entry. */
  get(account: string): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  /** Nothing happens when there is no such entry. */
  delete(account: string): Promise<void>;
}

/** `absent`: this machine has no keychain. `failed`: it has one, which does not work now (locked, refused, silent). */
export class KeychainError extends Error {
  override readonly name = "KeychainError";
  readonly kind: "absent" | "failed";

  constructor(kind: "absent" | "failed", message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

const SERVICE = "aventora-gateway";
/** Without the pin the library may choose the kernel's memory on Linux, which a reboot empties. */
const OPTIONS = { linux: { store: "secret-service" } } as const;

/** How D-Bus words that nothing offers org.freedesktop.secrets, or that the session has no bus at all. */
const NO_KEYCHAIN = /not provided by any|autolaunch|Failed to connect to socket|server address|address type/i;

export interface SystemKeychainOptions {
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
}

/** The real keychain: macOS Keychain, Windows Credential Manager, or the Secret Service on Linux. */
export function createSystemKeychain(options: SystemKeychainOptions): KeychainPort {
  const entry = async (account: string) => {
    if (options.platform === "linux" && !hasSessionBus(options.environment)) {
      throw new KeychainError("absent", "This session has no D-Bus, so it has no keychain.");
    }
    const { AsyncEntry } = await import("keytar");
    return new AsyncEntry(SERVICE, account, OPTIONS);
  };
  return {
    get: (account) => asked(async () => (await (await entry(account)).getPassword()) ?? undefined),
    set: (account, secret) => asked(async () => (await entry(account)).setPassword(secret)),
    delete: (account) => asked(async () => void (await (await entry(account)).deletePassword())),
  };
}

function hasSessionBus(environment: Environment): boolean {
  if (environment.DBUS_SESSION_BUS_ADDRESS) return true;
  const runtime = environment.XDG_RUNTIME_DIR;
  return runtime !== undefined && runtime !== "" && existsSync(join(runtime, "bus"));
}

async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (thrown) {
    if (thrown instanceof KeychainError) throw thrown;
    const error = toError(thrown);
    throw new KeychainError(NO_KEYCHAIN.test(error.message) ? "absent" : "failed", error.message, error);
  }
}
