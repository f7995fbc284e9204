// Which move files were made or used in a data folder. It stays when a restore or an undo swaps everything else, since a file
// that is used again would begin everything from where it stood then. Called by mark-moved, stage-backup and restore-backup.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode, writeFileDurably } from "../settings/write-file-durably.ts";
import { MOVE_LEDGER } from "./folder-files.ts";

const ledgerSchema = z.strictObject({ moves: z.array(z.string()) });

/** On disk when this resolves. */
export async function noteMove(dataDir: string, id: string): Promise<void> {
  const known = await readLedger(dataDir);
  // One that cannot be read stays, and with it that every move counts as known.
  if (known === undefined || known.includes(id)) return;
  await writeFileDurably(join(dataDir, MOVE_LEDGER), `${JSON.stringify({ moves: [...known, id] })}\n`);
}

/** Where the ledger cannot be read every move counts as known: its outreach is looked for before it goes out. */
export async function knowsMove(dataDir: string, id: string): Promise<boolean> {
  const known = await readLedger(dataDir);
  return known === undefined || known.includes(id);
}

/** Undefined when it cannot be read. */
async function readLedger(dataDir: string): Promise<readonly string[] | undefined> {
  try {
    const text = await readFile(join(dataDir, MOVE_LEDGER), "utf8");
    return ledgerSchema.parse(JSON.parse(text)).moves;
  } catch (error) {
    return errorCode(error) === "ENOENT" ? [] : undefined;
  }
}
