// Takes due jobs for a worker: the most urgent first, one per group at a time, under a lease.
import type { Db, JobTable } from "../db/schema.ts";

export type ClaimedJob = Pick<JobTable, "kind" | "payload" | "attempts" | "max_attempts" | "group_key"> & {
  id: number;
};

export interface ClaimOptions {
  readonly owner: string;
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
}

export async function claimJobs(db: Db, options: ClaimOptions): Promise<ClaimedJob[]> {
  const due = db
    .selectFrom("jobs as due")
    .select("due.id")
    .where("due.state", "=", "ready")
    .where("due.run_at", "<=", options.now)
    .where((where) =>
      where.or([
        where("due.group_key", "is", null),
        where.not(
          where.exists(
            where
              .selectFrom("jobs as other")
              .select("other.id")
              .whereRef("other.group_key", "=", "due.group_key")
              .where("other.state", "in", ["ready", "running"])
              .whereRef("other.id", "<", "due.id"),
          ),
        ),
      ]),
    )
    .orderBy("due.priority", "desc")
    .orderBy("due.run_at")
    .orderBy("due.id")
    .limit(options.limit);
  return db
    .updateTable("jobs")
    .set((set) => ({
      state: "running",
      lease_owner: options.owner,
      lease_until: options.now + options.leaseMs,
      attempts: set("attempts", "+", 1),
    }))
    .where("id", "in", due)
    .where("state", "=", "ready")
    .returning(["id", "kind", "payload", "attempts", "max_attempts", "group_key"])
    .execute();
}

/** When the next waiting job falls due, in epoch ms; undefined when none waits. */
export async function nextDueAt(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom("jobs")
    .select("run_at")
    .where("state", "=", "ready")
    .orderBy("run_at")
    .limit(1)
    .executeTakeFirst();
  return row?.run_at;
}
