// Turns command-line options, environment and place on disk into the host the server runs in.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GatewayError, type Host, systemClock } from "../server/index.ts";
import { type CommonFlags, dataFolderOf, type Environment } from "./common-flags.ts";
import { withVaultKey } from "./read-vault-key.ts";

/** Folder of the program, where package.json and the built pages are: of the checkout, a package or its archive. */
export const PROGRAM_DIR = programDir(import.meta.dirname);

export type { CommonFlags } from "./common-flags.ts";

export function makeHost(
  flags: CommonFlags,
  environment: Environment,
  writeLog: (line: string) => void,
): Host {
  return {
    dataDir: dataFolderOf(flags, environment),
    environment: withVaultKey(environment, flags["vault-key-file"]),
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
    aboutDir: join(PROGRAM_DIR, "dist"),
    writeLog,
  };
}

// This file may be a part of a bundle, some folders further down than in a checkout.
function programDir(from: string): string {
  if (existsSync(join(from, "package.json")) || from === dirname(from)) return from;
  return programDir(dirname(from));
}

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new GatewayError("settings_invalid", {
    sentence: `${option} must be a port number from 0 to 65535, not “${text}”.`,
  });
}

function programVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PROGRAM_DIR, "package.json"), "utf8")) as { version: string };
  return manifest.version;
}
