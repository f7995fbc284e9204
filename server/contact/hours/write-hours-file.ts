// Puts the built-in calling hours into the data folder, where they can be edited. Called by the console.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtInHoursText, HOURS_FILE } from "./read-hours-file.ts";

export interface WrittenHours {
  readonly path: string;
  /** False when there was a file already: it is left as it is. */
  readonly written: boolean;
}

/** Half a file, after a power cut, is reported as such and the built-in hours hold. */
export async function writeHoursFile(dataDir: string): Promise<WrittenHours> {
  const path = join(dataDir, HOURS_FILE);
  try {
    await writeFile(path, builtInHoursText(), { encoding: "utf8", flag: "wx", mode: 0o600 });
    return { path, written: true };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return { path, written: false };
    throw error;
  }
}
