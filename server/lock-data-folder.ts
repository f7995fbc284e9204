// One process owns a data folder. The lock is SQLite's own lock on a small file: the operating system lets go of it the
// moment the process is gone, so a kill leaves nothing behind that would have to be judged stale.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { GatewayError } from "./base/errors.ts";
import { openExclusive } from "./db/open-exclusive.ts";

export const LOCK_FILE = "gateway.lock";

export interface DataFolderLock {
  release(): void;
}

/** @throws GatewayError data_folder_in_use. */
export function lockDataFolder(dataDir: string): DataFolderLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const close = openExclusive(join(dataDir, LOCK_FILE));
  if (close) return { release: close };
  throw new GatewayError("data_folder_in_use", {
    sentence: `Another gateway is already using the data folder ${dataDir}. Stop it first, or use another folder with --data-dir.`,
  });
}
