// The key of the vault may come in a file instead of the environment, where every child and every listing of processes would
// see it: a service's credential, a container's secret, a file named on the command line.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "../server/index.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment with GATEWAY_VAULT_KEY in it, if there is one at all. `file` is the option --vault-key-file. */
export function withVaultKey(environment: Environment, file: string | undefined): Environment {
  const named = file ?? (environment.GATEWAY_VAULT_KEY_FILE || undefined);
  if (named !== undefined) return { ...environment, GATEWAY_VAULT_KEY: readKey(named) };
  if (environment.GATEWAY_VAULT_KEY) return environment;
  // Where systemd puts what the unit loads with LoadCredential.
  const folder = environment.CREDENTIALS_DIRECTORY;
  const credential = folder ? join(folder, "GATEWAY_VAULT_KEY") : undefined;
  if (credential === undefined || !existsSync(credential)) return environment;
  return { ...environment, GATEWAY_VAULT_KEY: readKey(credential) };
}

function readKey(file: string): string {
  const text = readText(file).trim();
  if (text !== "") return text;
  throw unusable(`The file with the key of the vault is empty: ${file}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw unusable(`The file with the key of the vault could not be read: ${file}`, cause);
  }
}

const unusable = (sentence: string, cause?: unknown): GatewayError =>
  new GatewayError("vault_unavailable", { sentence, cause });
