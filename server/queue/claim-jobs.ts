// Takes due jobs for a worker: the most urgent first, one per group at a time, under a lease.
import type { ExpressionBuilder } from "kysely";
import type { Database, Db, JobTable } from "../db/schema.ts";

export type ClaimedJob = Pick<
  JobTable,
  "kind" | "payload" | "attempts" | "max_attempts" | "group_key" | "run_at"
> & { id: number };

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
    .where(firstOfItsGroup)
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
    .returning(["id", "kind", "payload", "attempts", "max_attempts", "group_key", "run_at"])
    .execute();
}

function firstOfItsGroup(where: ExpressionBuilder<Database & { due: JobTable }, "due">) {
  const before = where
    .selectFrom("jobs as other")
    .select("other.id")
    .whereRef("other.group_key", "=", "due.group_key")
    .where("other.state", "in", ["ready", "running"])
    .whereRef("other.id", "<", "due.id");
  return where.or([where("due.group_key", "is", null), where.not(where.exists(before))]);
}

/** When the next job that could be claimed falls due, in epoch ms; undefined when none waits for time alone. */
export async function nextDueAt(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom("jobs as due")
    .select("due.run_at")
    .where("due.state", "=", "ready")
    .where(firstOfItsGroup)
    .orderBy("due.run_at")
    .limit(1)
    .executeTakeFirst();
  return row?.run_at;
}
