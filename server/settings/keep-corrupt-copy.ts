// Puts a settings file that could not be used, or not wholly, aside under a name with the time, and bounds how many
// of these are kept. Called by settings-file.
import { copyFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isoTime } from "../base/clock.ts";
import { renameOver } from "./write-file-durably.ts";

const PREFIX = "settings.json.corrupt-";
const KEPT = 5;

/**
 * `settings.json.corrupt-<time>` in the data folder gets `file`'s bytes; "move" takes the file away, "copy" leaves it.
 * Keeps the newest five. Returns the new name.
 */
export async function keepCorruptCopy(
  dataDir: string,
  file: string,
  how: "move" | "copy",
  now: number,
): Promise<string> {
  const taken = await corruptCopies(dataDir);
  const base = `${PREFIX}${isoTime(now).replace(/[:.]/g, "-")}`;
  const name = freeName(base, taken);
  if (how === "move") await renameOver(join(dataDir, file), join(dataDir, name));
  else await copyFile(join(dataDir, file), join(dataDir, name));
  const surplus = [...taken, name].sort().slice(0, -KEPT);
  await Promise.all(surplus.map((old) => rm(join(dataDir, old), { force: true })));
  return name;
}

async function corruptCopies(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir);
  return names.filter((name) => name.startsWith(PREFIX));
}

function freeName(base: string, taken: readonly string[]): string {
  let name = base;
  for (let n = 2; taken.includes(name); n++) name = `${base}-${n}`;
  return name;
}
