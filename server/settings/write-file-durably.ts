// Writes a file so that after a power cut there is either the old text or the new one, never half of either.
// Called for the settings' generations and for the file vault.
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Temp file in the same folder, fsync, rename over `path`, fsync the folder. Mode 0600. */
export async function writeFileDurably(path: string, text: string): Promise<void> {
  const temporary = await writeTemporary(path, text);
  await renameOver(temporary, path);
  await syncFolder(dirname(path));
}

/** `<path>.tmp` with `text`, on disk when this resolves. One writer per folder, so one name is enough. */
export async function writeTemporary(path: string, text: string): Promise<string> {
  const temporary = `${path}.tmp`;
  await rm(temporary, { force: true });
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(text, "utf8");
    await file.sync();
  } finally {
    await file.close();
  }
  return temporary;
}

const BUSY = new Set(["EPERM", "EACCES", "EBUSY"]);

/** Rename; on Windows tried for about a second, because virus scanners hold a fresh file open for a moment. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const busy = process.platform === "win32" && BUSY.has(errorCode(error));
      if (!busy || attempt >= 10) throw error;
      await delay(20 * attempt);
    }
  }
}

/** Makes renames in `folder` last. Windows and some network drives cannot do this; there it is left out. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  if (!handle) return;
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

/** The system's error code ("ENOENT"), or "" for anything else. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" ? code : "";
}
