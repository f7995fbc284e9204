// What becomes of a claimed job: gone when done, back in line when it may be tried again, set aside when it may not.
import type { DbOrTrx } from "../db/schema.ts";

/** Removes a finished job, if this owner still holds it. */
export async function completeJob(db: DbOrTrx, id: number, owner: string): Promise<void> {
  await db.deleteFrom("jobs").where("id", "=", id).where("lease_owner", "=", owner).execute();
}

export interface GiveBack {
  readonly runAt: number;
  readonly error: string | null;
  /** False: the try does not count (the gateway was stopping, or it was only early). */
  readonly counts: boolean;
}

export async function giveJobBack(db: DbOrTrx, id: number, owner: string, back: GiveBack): Promise<void> {
  await db
    .updateTable("jobs")
    .set((set) => ({
      state: "ready",
      lease_owner: null,
      lease_until: null,
      run_at: back.runAt,
      last_error: back.error,
      ...(back.counts ? {} : { attempts: set("attempts", "-", 1) }),
    }))
    .where("id", "=", id)
    .where("lease_owner", "=", owner)
    .execute();
}

/** Sets a job aside for a person; its dedupe key becomes free, so the work can be asked for again. */
export async function buryJob(db: DbOrTrx, id: number, owner: string, error: string): Promise<void> {
  await db
    .updateTable("jobs")
    .set({ state: "dead", lease_owner: null, lease_until: null, last_error: error, dedupe_key: null })
    .where("id", "=", id)
    .where("lease_owner", "=", owner)
    .execute();
}

/**
 * Frees the claims of a process that is gone. At start every claim is: one process owns a data folder. A job that was
 * running keeps its counted try, so one that kills the process each time is set aside in the end.
 */
export async function releaseClaims(db: DbOrTrx, before: number): Promise<number> {
  const result = await db
    .updateTable("jobs")
    .set({ state: "ready", lease_owner: null, lease_until: null })
    .where("state", "=", "running")
    .where("lease_until", "<", before)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function renewLeases(db: DbOrTrx, owner: string, until: number): Promise<void> {
  await db.updateTable("jobs").set({ lease_until: until }).where("lease_owner", "=", owner).execute();
}
