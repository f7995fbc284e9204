// One process owns a data folder. The lock is SQLite's own lock on a small file: the operating system lets go of it the
// moment the process is gone, so a kill leaves nothing behind that would have to be judged stale.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { dataFolderUnusable } from "./base/data-folder-unusable.ts";
import { GatewayError } from "./base/errors.ts";
import { openExclusive } from "./db/open-exclusive.ts";

export const LOCK_FILE = "gateway.lock";

export interface DataFolderLock {
  release(): void;
}

/** @throws GatewayError data_folder_in_use, data_folder_unusable. */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const close = openLock(dataDir);
  if (close) return { release: close };
  throw new GatewayError("data_folder_in_use", {
    sentence: `Another gateway is already using the data folder ${dataDir}. Stop it first, or use another folder with --data-dir.`,
  });
}

function openLock(dataDir: string): (() => void) | undefined {
  const file = join(dataDir, LOCK_FILE);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return openExclusive(file);
  } catch (error) {
    throw dataFolderUnusable(dataDir, file, error);
  }
}
