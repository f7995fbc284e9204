// Runs the suspects of earlier crashes (after-crash.ts) one after the other before any other work. Called by the worker.
import type { Clock } from "../base/clock.ts";
import type { Db } from "../db/schema.ts";
import { claimSuspect } from "./after-crash.ts";
import { atMost } from "./at-most.ts";
import type { ClaimedJob, Lease } from "./claim-jobs.ts";

/** A suspect that hangs must not keep everybody else waiting; longer than a job waits for the CRM. */
const ALONE_MS = 30_000;

export interface SuspectDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: (level: "warn" | "error", message: string, thrown?: unknown) => void;
  readonly lease: () => Lease;
  /** Runs it; resolves once it is settled. */
  readonly begin: (job: ClaimedJob) => Promise<void>;
  /** Aborted when the worker stops. */
  readonly stopping: AbortSignal;
}

/** Never rejects: whatever goes wrong here, the ordinary work goes on after it. */
export async function runSuspects(deps: SuspectDeps): Promise<void> {
  try {
    while (!deps.stopping.aborted) {
      const job = await claimSuspect(deps.db, deps.lease());
      if (!job) return;
      deps.log("warn", `job ${job.id} (${job.kind}) runs alone: held in ${job.crashes} crashes in a row`);
      await atMost(deps.clock, ALONE_MS, deps.begin(job), deps.stopping);
    }
  } catch (error) {
    deps.log("error", "the suspects of earlier crashes could not be run alone", error);
  }
}
