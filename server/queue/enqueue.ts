// Puts work into the queue, in the same transaction as the change that calls for it.
import type { DbOrTrx } from "../db/schema.ts";
import { JOB_KINDS, type JobKind, type JobKindName, type JobPayload } from "./job-kinds.ts";

export interface EnqueueOptions {
  readonly now: number;
  /** Epoch ms before which it must not run; `now` when left out. */
  readonly runAt?: number;
  /** While an unfinished job has this key, another is not added. */
  readonly dedupeKey?: string;
  /** Jobs of one group run one at a time in the order they were added. */
  readonly groupKey?: string;
  /** Jobs of one lane wait for the same budget: only a few of them run at once, beside all others. */
  readonly laneKey?: string;
  /** Instead of the kind's own: higher is claimed first. */
  readonly priority?: number;
  /**
   * Bring a waiting job with the same key forward to `runAt` if that is earlier; one that runs is run once more then.
   * One that has failed keeps its own time unless "also_failed" says that the cause is mended.
   */
  readonly bringForward?: boolean | "also_failed";
}

/** Adds the job unless its dedupe key is taken. Returns whether it was added. The worker must be nudged after the commit. */
export async function enqueue<K extends JobKindName>(
  db: DbOrTrx,
  kind: K,
  payload: JobPayload<K>,
  options: EnqueueOptions,
): Promise<boolean> {
  const row = jobRow(kind, payload, options);
  const result = await db
    .insertInto("jobs")
    .values(row)
    .onConflict((conflict) => conflict.column("dedupe_key").doNothing())
    .executeTakeFirst();
  const added = Number(result.numInsertedOrUpdatedRows ?? 0n) > 0;
  if (!added && options.bringForward && options.dedupeKey)
    await bringForward(db, options.dedupeKey, row.run_at, options.bringForward === "also_failed");
  return added;
}

/** A job as its row, for whoever adds many at once. */
export function jobRow<K extends JobKindName>(kind: K, payload: JobPayload<K>, options: EnqueueOptions) {
  const definition: JobKind = JOB_KINDS[kind];
  return {
    kind,
    payload: JSON.stringify(definition.payload.parse(payload)),
    group_key: options.groupKey ?? null,
    lane_key: options.laneKey ?? definition.laneKey ?? null,
    dedupe_key: options.dedupeKey ?? null,
    priority: options.priority ?? definition.priority,
    run_at: options.runAt ?? options.now,
    attempts: 0,
    max_attempts: definition.maxAttempts,
    state: "ready" as const,
    lease_owner: null,
    lease_until: null,
    last_error: null,
    created_at: options.now,
  };
}

// Unless its cause is known to be mended, a job that is backing off keeps its own time.
async function bringForward(
  db: DbOrTrx,
  dedupeKey: string,
  runAt: number,
  alsoFailed: boolean,
): Promise<void> {
  // A running job may have read what has just changed before it changed. Another time than it was claimed with asks for
  // one more run when it is settled.
  await db
    .updateTable("jobs")
    .set((set) => ({
      run_at: set
        .case()
        .when("run_at", "=", runAt)
        .then(runAt + 1)
        .else(runAt)
        .end(),
    }))
    .where("dedupe_key", "=", dedupeKey)
    .where("state", "=", "running")
    .execute();
  let waiting = db
    .updateTable("jobs")
    .set({ run_at: runAt })
    .where("dedupe_key", "=", dedupeKey)
    .where("state", "=", "ready")
    .where("run_at", ">", runAt);
  if (!alsoFailed) waiting = waiting.where("attempts", "=", 0);
  await waiting.execute();
}
