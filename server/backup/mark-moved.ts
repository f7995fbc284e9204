// The mark of a gateway that moves to another computer: from it on nothing new begins here, whatever happens to the program.
// It is set before the file exists, with the file's id, so that no file is without it. Called by create-desk and, without a
// running gateway, by the command line.
import { randomUUID } from "node:crypto";
import type { Db, DbOrTrx } from "../db/schema.ts";
import { addEvent } from "./mark-restored.ts";
import { noteMove } from "./move-ledger.ts";

/** One move, however many files are made of it: whichever is used, the others are used with it. */
export interface Move {
  /** What its files are known by. */
  readonly id: string;
  /** The moment it was decided, epoch ms: the data are from then. */
  readonly at: number;
  /** The gateway had moved already; this is one more file of the same move. */
  readonly again: boolean;
}

/** `alongside` happens in the transaction that marks it. */
export async function markMoved(
  db: Db,
  { dataDir, at }: { readonly dataDir: string; readonly at: number },
  alongside: (trx: DbOrTrx) => Promise<void> = async () => undefined,
): Promise<Move> {
  const before = await openMove(db);
  const move = before ?? { id: randomUUID(), at, again: false };
  await noteMove(dataDir, move.id);
  if (before) return before;
  await db.transaction().execute(async (trx) => {
    await addEvent(trx, {
      ...{ kind: "move_out", at, made_at: at, backup_id: move.id },
      ...{ waiting: 0, people: 0, settled_at: null },
    });
    await alongside(trx);
  });
  return move;
}

async function openMove(db: DbOrTrx): Promise<Move | undefined> {
  const row = await db
    .selectFrom("backup_events")
    .select(["at", "backup_id"])
    .where("kind", "=", "move_out")
    .where("settled_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.backup_id ?? randomUUID(), at: Number(row.at), again: true };
}

/** Its file could not be made: the gateway is here as before. One that had moved already stays away. */
export async function unmarkMoved(db: DbOrTrx, { id, again }: Move): Promise<void> {
  if (again) return;
  await db.deleteFrom("backup_events").where("kind", "=", "move_out").where("backup_id", "=", id).execute();
}
