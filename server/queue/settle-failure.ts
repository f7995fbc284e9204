// What becomes of a job whose run threw: given back, tried again later, or set aside for a person. Called by the worker.
import { backoffDelay } from "../base/backoff.ts";
import type { Clock } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { redactText } from "../base/redact-text.ts";
import type { Db } from "../db/schema.ts";
import type { ClaimedJob } from "./claim-jobs.ts";
import { JOB_KINDS, type JobKindName } from "./job-kinds.ts";
import { buryJob, giveJobBack } from "./settle-job.ts";

export interface FailureDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly owner: string;
  readonly random: () => number;
  /** Told when a job is set aside for good. */
  readonly onDead: (kind: string, payload: unknown, error: Error) => Promise<void>;
  readonly log: (level: "warn" | "error", message: string, thrown?: unknown) => void;
}

/** Least wait of whoever found the CRM's budget used up. */
const POLITE_MS = 1_000;

export interface Failure {
  readonly job: ClaimedJob;
  readonly payload: unknown;
  readonly error: Error;
  /** The gateway is stopping and gave the run up. */
  readonly aborted: boolean;
}

export async function settleFailure(deps: FailureDeps, failure: Failure): Promise<void> {
  const { job, error } = failure;
  const text = redactText(error.message);
  const now = deps.clock.now();
  const giveBack = (wait: number, counts: boolean): Promise<void> =>
    giveJobBack(deps.db, job.id, deps.owner, { runAt: now + wait, error: text, counts });
  if (failure.aborted) return giveBack(0, false);
  const polite = politeWait(error, deps.random());
  if (polite !== undefined) {
    deps.log("warn", `job ${job.kind} waits ${Math.round(polite / 1000)} s for the CRM's limit: ${text}`);
    return giveBack(polite, false);
  }
  const definition = JOB_KINDS[job.kind as JobKindName];
  const hint = error instanceof GatewayError ? error.retry : undefined;
  const final =
    hint === undefined || hint.kind === "never" || !definition || job.attempts >= job.max_attempts;
  if (final) {
    // A bug is loud; an expected refusal is somebody's to read.
    const expected = error instanceof GatewayError && error.code !== "internal";
    deps.log(expected ? "warn" : "error", `job ${job.kind} was set aside: ${text}`, error);
    await deps.onDead(job.kind, failure.payload, error);
    return buryJob(deps.db, job, deps.owner, text);
  }
  const wait =
    hint.kind === "after" ? hint.afterMs : backoffDelay(definition.backoff, job.attempts, deps.random());
  deps.log("warn", `job ${job.kind} will be tried again in ${Math.round(wait / 1000)} s: ${text}`);
  await giveBack(wait, true);
}

/** A full budget is not the job's fault: it waits its turn and counts no try. Undefined for any other error. */
function politeWait(error: Error, random: number): number | undefined {
  if (!(error instanceof GatewayError) || error.code !== "crm_rate_limited") return undefined;
  const asked = error.retry.kind === "after" ? error.retry.afterMs : 0;
  return asked >= POLITE_MS ? asked : Math.round(POLITE_MS * (1 + random));
}
