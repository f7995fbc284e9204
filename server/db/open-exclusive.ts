// Holds a file open so that no other process can: SQLite's exclusive lock, which ends with the process.
import { DatabaseSync } from "node:sqlite";

/** SQLite's result code for "another process holds it". */
const SQLITE_BUSY = 5;

/** The way to let go, or undefined when another process holds it. Throws when this user may not hold it at all. */
export function openExclusive(file: string): (() => void) | undefined {
  const held = new DatabaseSync(file);
  try {
    held.exec("pragma busy_timeout = 0; pragma journal_mode = delete; begin exclusive");
    return () => held.close();
  } catch (error) {
    held.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

// The lower byte is the kind of failure, the rest says more about it.
const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  "errcode" in error &&
  typeof error.errcode === "number" &&
  (error.errcode & 0xff) === SQLITE_BUSY;
