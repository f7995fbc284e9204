// Which files of the data folder belong to a gateway's data, and which to this computer alone. Called by everything that
// backs them up, keeps them or puts others in their place.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { GENERATION_FILES } from "../settings/read-generations.ts";

export const DATABASE = "gateway.db";
/** The second and third hold what was written last, after a crash. */
export const DATABASE_FILES = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`] as const;
export const VAULT_FILES = ["vault.json", "vault.key"] as const;

export const STAGING = "restore-staging";
export const SWAP_PLAN = "restore-swap.json";
export const POINTS = "restore-points";
/** Finished backups that wait to be taken, and files that were sent to be restored. */
export const HANDOVER = "backup-handover";

const OURS: ReadonlySet<string> = new Set([
  ...DATABASE_FILES,
  ...GENERATION_FILES,
  ...VAULT_FILES,
  SWAP_PLAN,
  "admin-token",
  "running.json",
]);
/** What this computer alone needs, what is half written, and what is no data. */
const NOT_DATA = /^gateway\.lock|\.(tmp|part|log|lock|sock|pid|db|gwbackup)$|^settings\.json|^\./;
const MOST_BYTES = 16_000_000;
const PLAIN_NAME = /^[\w][\w .()-]{0,120}$/;

/** May a file of this name come out of a backup into the data folder? */
export const isAdminFile = (name: string): boolean =>
  PLAIN_NAME.test(name) && !OURS.has(name) && !NOT_DATA.test(name);

/** Names of the files the admin put there: contact hours, lists. */
export async function adminFiles(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(dataDir, { withFileTypes: true }).catch(() => []))
    if (
      entry.isFile() &&
      isAdminFile(entry.name) &&
      (await stat(join(dataDir, entry.name))).size <= MOST_BYTES
    )
      found.push(entry.name);
  return found.sort();
}
