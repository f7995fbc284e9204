// What becomes of the jobs a program held when it was killed or fell over. Asked by the worker at its start.
//
// A crash says that something ended the program, not which of the jobs it held, nor that it was a job at all: it may have
// been a person, the power, another program's hunger for memory. So a crash costs no try; it is counted apart, and the
// count starts over whenever a run comes to an end, well or badly.
// - Held in three crashes in a row, a job is a suspect: at the next start it runs before everything else and alone.
//   Whoever is innocent ends there and is cleared, however many there are and whoever they were held with; the one that
//   really ends the program has no company left to take the blame, or to take with it.
// - Held in ten, at least seven of them alone, it is set aside. One or two would prove it if jobs were all that ends
//   programs; seven in a row do not happen by chance to a job that is through in a moment after the start.
// A count of crashes in company alone, however generous, would set the innocent aside together with the guilty.
import { sql } from "kysely";
import { GatewayError } from "../base/errors.ts";
import type { Db, DbOrTrx } from "../db/schema.ts";
import { type ClaimedJob, type Lease, leaseJobs } from "./claim-jobs.ts";

const SUSPECT_AFTER = 3;
const GUILTY_AFTER = 10;

/** At start every claim is that of a process that is gone: one process owns a data folder. */
export async function releaseAfterCrash(db: DbOrTrx): Promise<void> {
  await db
    .updateTable("jobs")
    .set((set) => ({
      state: "ready",
      lease_owner: null,
      lease_until: null,
      attempts: set("attempts", "-", 1),
      crashes: set("crashes", "+", 1),
    }))
    .where("state", "=", "running")
    .execute();
}

/**
 * The next suspect to be run alone; undefined when there is none. The least suspected first, so that the innocent are
 * through before the guilty one has its second turn. Whether it is due is not asked: it was when it was held.
 */
export async function claimSuspect(db: Db, lease: Lease): Promise<ClaimedJob | undefined> {
  const next = await db
    .selectFrom("jobs")
    .select("id")
    .where("state", "=", "ready")
    // For the index, which only holds these.
    .where("crashes", ">", sql.lit(0))
    .where("crashes", ">=", SUSPECT_AFTER)
    .orderBy("crashes")
    .orderBy("priority", "desc")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  const [claimed] = await leaseJobs(db, next ? [next.id] : [], lease);
  return claimed;
}

/** @throws GatewayError for good when the job has ended the program too often to be run again. */
export function refuseGuilty({ crashes }: Pick<ClaimedJob, "crashes">): void {
  if (crashes < GUILTY_AFTER) return;
  const sentence = `The program stopped ${crashes} times in a row while it worked on this, most of them while it did nothing else, so it was set aside.`;
  throw new GatewayError("internal", { sentence, logMessage: sentence });
}
