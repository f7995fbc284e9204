// Turns command-line options, environment and place on disk into the host the server runs in.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { GatewayError, type Host, systemClock } from "../server/index.ts";

/** Folder of the program: where package.json and the built pages are. */
export const PROGRAM_DIR = resolve(dirname(fileURLToPath(import.meta.url)), "..");

export interface CommonFlags {
  readonly "data-dir"?: string | undefined;
  readonly port?: string | undefined;
  readonly "admin-port"?: string | undefined;
  readonly host?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function makeHost(
  flags: CommonFlags,
  environment: Environment,
  writeLog: (line: string) => void,
): Host {
  return {
    dataDir: resolve(flags["data-dir"] ?? (environment.GATEWAY_DATA_DIR || defaultDataDir(environment))),
    environment,
    flags: {
      ...(flags.host === undefined ? {} : { HOST: flags.host }),
      ...(flags.port === undefined ? {} : { PORT: portOf("--port", flags.port) }),
      ...(flags["admin-port"] === undefined
        ? {}
        : { ADMIN_PORT: portOf("--admin-port", flags["admin-port"]) }),
    },
    clock: systemClock,
    version: programVersion(),
    pagesDir: join(PROGRAM_DIR, "dist", "renderer"),
    writeLog,
  };
}

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new GatewayError("settings_invalid", {
    sentence: `${option} must be a port number from 0 to 65535, not “${text}”.`,
  });
}

/** Where applications keep their data on this system. */
function defaultDataDir(environment: Environment): string {
  if (process.platform === "darwin")
    return join(homedir(), "Library", "Application Support", "Aventora Gateway");
  if (process.platform === "win32")
    return join(environment.APPDATA || join(homedir(), "AppData", "Roaming"), "Aventora Gateway");
  return join(environment.XDG_DATA_HOME || join(homedir(), ".local", "share"), "aventora-gateway");
}

function programVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PROGRAM_DIR, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}
