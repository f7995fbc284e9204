// Secrets as entries of the operating system's keychain, named `<installation id>/<secret name>`.
// Called by open-vault.
import { KeychainError, type KeychainPort } from "./keychain.ts";
import { type SecretChanges, type SecretVault, vaultUnavailable } from "./secret-vault.ts";

/** Entries read at the same time, once the first has shown that the keychain answers. */
const READERS = 3;

/**
 * `installationId` keeps two data folders of one person apart. A keychain cannot change several entries at once, so a
 * failed `save` puts the earlier ones back as far as it can; a crash in the middle leaves some new, which the next
 * `apply` of the same setup completes.
 */
export function createKeychainVault(port: KeychainPort, installationId: string): SecretVault {
  const account = (name: string): string => `${installationId}/${name}`;
  const put = (name: string, secret: string | undefined): Promise<void> =>
    secret === undefined ? port.delete(account(name)) : port.set(account(name), secret);

  return {
    sentence: () => `Keys are kept in ${keychainName(process.platform)}.`,
    read: (names) => inWords(() => readEntries(names, (name) => port.get(account(name)))),
    save: (changes) => inWords(() => saveEntries(changes, (name) => port.get(account(name)), put)),
  };
}

async function readEntries(
  names: readonly string[],
  get: (name: string) => Promise<string | undefined>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const readOne = async (name: string): Promise<void> => {
    const secret = await get(name);
    if (secret !== undefined) found.set(name, secret);
  };
  // The first alone: a locked keychain asks its owner once per question, so it must get only one.
  const [first, ...waiting] = names;
  if (first !== undefined) await readOne(first);
  const reader = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await readOne(name);
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return found;
}

async function saveEntries(
  changes: SecretChanges,
  get: (name: string) => Promise<string | undefined>,
  put: (name: string, secret: string | undefined) => Promise<void>,
): Promise<void> {
  const before = new Map<string, string | undefined>();
  try {
    for (const [name, secret] of changes) {
      before.set(name, await get(name));
      await put(name, secret);
    }
  } catch (error) {
    for (const [name, secret] of before) await put(name, secret).catch(() => undefined);
    throw error;
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw vaultUnavailable(keychainProblem(error), error);
  }
}

/** What a person can do about a keychain that does not work. */
export function keychainProblem(error: unknown): string {
  const why =
    error instanceof KeychainError ? error.message.replace(/\.$/, "") : "it gave an unexpected error";
  return `${capital(keychainName(process.platform))} cannot be opened, so keys cannot be used (${why}). Is it locked? Sign in to this computer or unlock the keychain, then restart the gateway or save the settings again.`;
}

function keychainName(platform: NodeJS.Platform): string {
  if (platform === "darwin") return "the macOS keychain";
  if (platform === "win32") return "the Windows Credential Manager";
  return "this computer's keychain (Secret Service)";
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
