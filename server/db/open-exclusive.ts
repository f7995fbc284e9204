// Holds a file open so that no other process can: SQLite's exclusive lock, which ends with the process.
import { DatabaseSync } from "node:sqlite";

/** The way to let go, or undefined when another process holds it. */
export function openExclusive(file: string): (() => void) | undefined {
  const held = new DatabaseSync(file);
  try {
    held.exec("pragma busy_timeout = 0; pragma journal_mode = delete; begin exclusive");
    return () => held.close();
  } catch {
    held.close();
    return undefined;
  }
}
