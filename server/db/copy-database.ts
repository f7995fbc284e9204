// A whole, consistent copy of a database while it is in use. SQLite copies it in steps beside the ordinary work; what is
// written meanwhile is part of the copy.
import { chmodSync, closeSync, existsSync, openSync, rmSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";

/** Called now and then: pages copied so far, of how many. */
export type CopyProgress = (done: number, total: number) => void;

/** Does `work` once nothing else is under way on the connection, and lets nothing else begin on it until it is done. */
export type HoldConnection = (work: () => Promise<void>) => Promise<void>;

export interface OpenDatabase {
  readonly raw: DatabaseSync;
  readonly hold: HoldConnection;
}

/** Pages per step: 4 MB, a few milliseconds during which nothing else asks the database. */
const PAGES = 1_000;

/** `file` must not exist yet; afterwards it is complete, readable by this user only. */
export async function copyOpenDatabase(
  { raw, hold }: OpenDatabase,
  file: string,
  onProgress: CopyProgress = () => undefined,
): Promise<void> {
  closeSync(openSync(file, "wx", 0o600));
  try {
    await copyInSteps(raw, hold, file, onProgress);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  chmodSync(file, 0o600);
}

// SQLite copies nothing while the same connection is in the middle of a transaction, and Node gives up when that is so at the
// first step; at the later ones it tries again.
async function copyInSteps(
  raw: DatabaseSync,
  hold: HoldConnection,
  file: string,
  onProgress: CopyProgress,
): Promise<void> {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  let copying: Promise<unknown> = Promise.resolve();
  await hold(async () => {
    copying = backup(raw, file, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) => {
        begin();
        onProgress(totalPages - remainingPages, totalPages);
      },
    });
    await Promise.race([begun, copying]);
  });
  await copying;
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
    // Nobody else knows this connection.
    await copyOpenDatabase({ raw, hold: (work) => work() }, to, onProgress);
  } finally {
    raw.close();
  }
  return true;
}
