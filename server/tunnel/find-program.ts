// Where a program is: on the PATH, or in the places installers use that a desktop's own PATH leaves out.
import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, posix, win32 } from "node:path";

export interface ProgramPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** May be run. */
  readonly isProgram?: (path: string) => boolean;
}

const USUAL = ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin", "/snap/bin"];

/** Full path of `name` (a name or a path); undefined where there is none. */
export function findProgram(name: string, places: ProgramPlaces): string | undefined {
  const { platform, isProgram = mayRun } = places;
  const windows = platform === "win32";
  const { join } = windows ? win32 : posix;
  const endings = windows && !/\.(exe|com)$/i.test(name) ? [".exe", ".com"] : [""];
  const isPath = isAbsolute(name) || name.includes("/") || (windows && name.includes("\\"));
  const folders = isPath ? [""] : searched(places, windows);
  return folders
    .flatMap((folder) => endings.map((ending) => (folder === "" ? name : join(folder, name)) + ending))
    .find(isProgram);
}

function searched({ environment }: ProgramPlaces, windows: boolean): string[] {
  const path = environment.PATH ?? environment.Path ?? "";
  const named = path.split(windows ? ";" : ":").filter((folder) => folder !== "");
  if (!windows) return [...named, ...USUAL];
  const installed = [environment.ProgramFiles, environment["ProgramFiles(x86)"]].flatMap((folder) =>
    folder === undefined ? [] : [win32.join(folder, "cloudflared")],
  );
  return [...named, ...installed];
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What a tunnel program may need of the environment; the rest, the gateway's own keys among it, is not its business. */
const PASSED_ON =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SSH_AUTH_SOCK|XDG_\w+|(?:https?|no|all)_proxy|SSL_CERT_(?:FILE|DIR)|SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles(?:\(x86\))?)$/i;

export function environmentFor(
  environment: ProgramPlaces["environment"],
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const passed = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && PASSED_ON.test(name) ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(passed), ...more };
}
