// Which files of the data folder belong to a gateway's data; the others are this computer's alone. Called by everything that
// backs them up, keeps them or puts others in their place.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../settings/write-file-durably.ts";

export const DATABASE = "gateway.db";
/** The second and third hold what was written last, after a crash. */
export const DATABASE_FILES = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`] as const;
export const VAULT_FILES = ["vault.json", "vault.key"] as const;

export const STAGING = "restore-staging";
export const SWAP_PLAN = "restore-swap.json";
export const POINTS = "restore-points";
/** Finished backups that wait to be taken, and files that were sent to be restored. */
export const HANDOVER = "backup-handover";

/** Stay where they are whatever is restored: which moves this folder took part in, which version ran here last. */
export const MOVE_LEDGER = "move-files.json";
export const LAST_VERSION = "last-version.json";

/**
 * Small files beside the database that belong to the data: contact hours, the public address. Nothing else goes along,
 * however it is named: a file the admin put there may hold keys.
 */
export const DATA_FILES = ["contact-hours.json", "public-address.json"] as const;

/** May a file of this name come out of a backup into the data folder? */
export const isDataFile = (name: string): boolean => (DATA_FILES as readonly string[]).includes(name);

/** Name → content of those that are there, read at once: they may change while the database is written out. */
export async function readDataFiles(dataDir: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const name of DATA_FILES) {
    const content = await readFile(join(dataDir, name)).catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    });
    if (content) found.set(name, content);
  }
  return found;
}
