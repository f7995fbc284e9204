// A whole, consistent copy of a database while it is in use. SQLite copies it in steps beside the ordinary work; what is
// written meanwhile is part of the copy.
import { chmodSync, closeSync, existsSync, openSync, rmSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";

/** Called now and then: pages copied so far, of how many. */
export type CopyProgress = (done: number, total: number) => void;

/** Pages per step: 4 MB, a few milliseconds during which nothing else asks the database. */
const PAGES = 1_000;

/** `file` must not exist yet; afterwards it is complete, readable by this user only. */
export async function copyOpenDatabase(
  raw: DatabaseSync,
  file: string,
  onProgress: CopyProgress = () => undefined,
): Promise<void> {
  closeSync(openSync(file, "wx", 0o600));
  try {
    await backup(raw, file, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) => onProgress(totalPages - remainingPages, totalPages),
    });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  chmodSync(file, 0o600);
}

/** The same of a database file that nobody has open, or another process. False when there is none. */
export async function copyDatabaseFile(
  from: string,
  to: string,
  onProgress: CopyProgress = () => undefined,
): Promise<boolean> {
  if (!existsSync(from)) return false;
  const raw = new DatabaseSync(from, { timeout: 5_000 });
  try {
    await copyOpenDatabase(raw, to, onProgress);
  } finally {
    raw.close();
  }
  return true;
}
