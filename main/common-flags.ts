// What every way of running the gateway takes on its command line, and the folder that follows from it. Loads nothing of the
// server: the desktop app needs it before its first window.
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export interface CommonFlags {
  readonly "data-dir"?: string | undefined;
  readonly port?: string | undefined;
  readonly "admin-port"?: string | undefined;
  readonly host?: string | undefined;
  readonly "vault-key-file"?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Option over environment over where applications keep their data on this system. */
export const dataFolderOf = (flags: CommonFlags, environment: Environment): string =>
  resolve(flags["data-dir"] ?? (environment.GATEWAY_DATA_DIR || defaultDataDir(environment)));

function defaultDataDir(environment: Environment): string {
  if (process.platform === "darwin")
    return join(homedir(), "Library", "Application Support", "Aventora Gateway");
  if (process.platform === "win32")
    return join(environment.APPDATA || join(homedir(), "AppData", "Roaming"), "Aventora Gateway");
  return join(environment.XDG_DATA_HOME || join(homedir(), ".local", "share"), "aventora-gateway");
}
