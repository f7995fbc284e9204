// What becomes of a claimed job: gone when done, back in line when it may be tried again, set aside when it may not.
import type { DbOrTrx } from "../db/schema.ts";
import type { ClaimedJob } from "./claim-jobs.ts";

/** Removes a finished job, if this owner still holds it; asked for again while it ran, it goes back in line. */
export async function completeJob(db: DbOrTrx, job: ClaimedJob, owner: string): Promise<void> {
  const removed = await db
    .deleteFrom("jobs")
    .where("id", "=", job.id)
    .where("lease_owner", "=", owner)
    .where("run_at", "=", job.run_at)
    .executeTakeFirst();
  if (removed.numDeletedRows === 0n) await startOver(db, job, owner);
}

async function startOver(db: DbOrTrx, job: ClaimedJob, owner: string): Promise<void> {
  await db
    .updateTable("jobs")
    .set({ state: "ready", lease_owner: null, lease_until: null, last_error: null, attempts: 0, crashes: 0 })
    .where("id", "=", job.id)
    .where("lease_owner", "=", owner)
    .execute();
}

/** Back in line for `at`, or earlier if it was asked for earlier while it ran. It worked, so tries count from the start. */
export async function repeatJob(db: DbOrTrx, job: ClaimedJob, owner: string, at: number): Promise<void> {
  await db
    .updateTable("jobs")
    .set((set) => ({
      state: "ready",
      lease_owner: null,
      lease_until: null,
      last_error: null,
      attempts: 0,
      crashes: 0,
      run_at: set
        .case()
        .when(set.and([set("run_at", "!=", job.run_at), set("run_at", "<", at)]))
        .then(set.ref("run_at"))
        .else(at)
        .end(),
    }))
    .where("id", "=", job.id)
    .where("lease_owner", "=", owner)
    .execute();
}

export interface GiveBack {
  readonly runAt: number;
  readonly error: string | null;
  /** False: the try does not count (the gateway was stopping). */
  readonly counts: boolean;
}

/** It ended without ending the program, so it is cleared of the crashes it was in. */
export async function giveJobBack(db: DbOrTrx, id: number, owner: string, back: GiveBack): Promise<void> {
  await db
    .updateTable("jobs")
    .set((set) => ({
      state: "ready",
      lease_owner: null,
      lease_until: null,
      run_at: back.runAt,
      last_error: back.error,
      crashes: 0,
      ...(back.counts ? {} : { attempts: set("attempts", "-", 1) }),
    }))
    .where("id", "=", id)
    .where("lease_owner", "=", owner)
    .execute();
}

/**
 * Sets a job aside for a person; its dedupe key becomes free, so the work can be asked for again. Asked for again in the
 * moment before (somebody saw that it failed and acted), it starts over instead.
 */
export async function buryJob(db: DbOrTrx, job: ClaimedJob, owner: string, error: string): Promise<void> {
  const buried = await db
    .updateTable("jobs")
    .set({ state: "dead", lease_owner: null, lease_until: null, last_error: error, dedupe_key: null })
    .where("id", "=", job.id)
    .where("lease_owner", "=", owner)
    .where("run_at", "=", job.run_at)
    .executeTakeFirst();
  if (buried.numUpdatedRows === 0n) await startOver(db, job, owner);
}

/** Frees what could not be settled and so was not renewed. The try stays counted: it may have done its work each time. */
export async function releaseExpired(db: DbOrTrx, before: number): Promise<void> {
  await db
    .updateTable("jobs")
    .set({ state: "ready", lease_owner: null, lease_until: null })
    .where("state", "=", "running")
    .where("lease_until", "<", before)
    .execute();
}

/** Only of jobs that really run: one that could not be settled is freed when its lease ends. */
export async function renewLeases(
  db: DbOrTrx,
  ids: readonly number[],
  owner: string,
  until: number,
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("jobs")
    .set({ lease_until: until })
    .where("id", "in", [...ids])
    .where("lease_owner", "=", owner)
    .execute();
}
