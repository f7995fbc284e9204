// Whether the desktop app can be opened here: Electron's program is there, and a screen to show it on. Electron's own package
// must not be asked: since version 42 the question alone would download the program.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./common-flags.ts";

export type FoundElectron =
  | { readonly program: string; readonly missing: null }
  /** What is missing, to go into a sentence. */
  | { readonly program: null; readonly missing: string };

/** @param programDir folder with node_modules and the built app */
export function findElectron(
  programDir: string,
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): FoundElectron {
  const missing = (what: string): FoundElectron => ({ program: null, missing: what });
  const program = electronProgram(programDir, environment);
  if (program === null) return missing("Electron's program was not downloaded (npx install-electron does)");
  if (!existsSync(join(programDir, "dist", "desktop", "main.js")))
    return missing("the app was not built (npm run build does)");
  const hasScreen = platform !== "linux" || environment.DISPLAY || environment.WAYLAND_DISPLAY;
  return hasScreen ? { program, missing: null } : missing("there is no screen");
}

/** Electron's program if it is on this disk already. */
export function electronProgram(programDir: string, environment: Environment): string | null {
  const folder = join(programDir, "node_modules", "electron");
  const named = readText(join(folder, "path.txt"));
  const program = environment.ELECTRON_OVERRIDE_DIST_PATH
    ? join(environment.ELECTRON_OVERRIDE_DIST_PATH, named ?? "electron")
    : named && join(folder, "dist", named);
  return program && existsSync(program) ? program : null;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim() || null;
  } catch {
    return null;
  }
}
