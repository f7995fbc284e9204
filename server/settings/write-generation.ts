// Adds one generation of the settings and moves the earlier ones back a place. Called by settings-file for each save.
import { join } from "node:path";
import { GENERATION_FILES } from "./read-generations.ts";
import { errorCode, renameOver, syncFolder, writeTemporary } from "./write-file-durably.ts";

/**
 * The steps of one save, in order. After any of them a crash leaves at least one whole copy: the new text is complete
 * on disk before anything moves, and a rename replaces a file at once or not at all. Between the second and the last
 * rename settings.json itself is missing; the reader then takes settings.json.1.
 */
export function generationSteps(dataDir: string, text: string): readonly (() => Promise<void>)[] {
  const [newest, middle, oldest] = GENERATION_FILES.map((file) => join(dataDir, file)) as [
    string,
    string,
    string,
  ];
  return [
    async () => void (await writeTemporary(newest, text)),
    () => moveIfThere(middle, oldest),
    () => moveIfThere(newest, middle),
    () => renameOver(`${newest}.tmp`, newest),
    () => syncFolder(dataDir),
  ];
}

/** Runs the steps; when one fails, the old settings are still on disk and the error is thrown. */
export async function writeGeneration(dataDir: string, text: string): Promise<void> {
  for (const step of generationSteps(dataDir, text)) await step();
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await renameOver(from, to);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}
