// The loop that runs queued work: claim what is due, run it side by side, settle it. The only place that retries.
import type { Clock } from "../base/clock.ts";
import { toError } from "../base/errors.ts";
import { type ClaimedJob, claimJobs, nextDueAt } from "./claim-jobs.ts";
import { createRunningCounts } from "./count-running.ts";
import { JOB_KINDS, type JobKindName } from "./job-kinds.ts";
import { type FailureDeps, settleFailure } from "./settle-failure.ts";
import { completeJob, releaseClaims, renewLeases, repeatJob } from "./settle-job.ts";

/** What a job's run ended in. `again` is not a failure: look once more at that time, no try counted. */
export type RunResult = { readonly kind: "done" } | { readonly kind: "again"; readonly at: number };
export const DONE: RunResult = { kind: "done" };

export interface RunContext {
  /** Counts from 1. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  /** Aborted when the gateway stops and the time to finish is over. */
  readonly signal: AbortSignal;
}

export interface WorkerDeps extends FailureDeps {
  readonly run: (kind: JobKindName, payload: unknown, context: RunContext) => Promise<RunResult>;
  /** Jobs without a lane run side by side; default 16. Each lane has its own number beside them. */
  readonly concurrency?: number;
}

export interface Worker {
  start(): Promise<void>;
  /** Something was enqueued: look now instead of at the next beat. */
  nudge(): void;
  /** No new claims, wait up to `limitMs` for what runs, then abort it and give it back. */
  stop(limitMs: number): Promise<void>;
  running(): number;
}

const LEASE_MS = 120_000;
const BEAT_MS = 1_000;

export function createWorker(deps: WorkerDeps): Worker {
  const active = new Map<number, Promise<void>>();
  const counts = createRunningCounts(deps.concurrency ?? 16);
  const { roomIn } = counts;
  const abort = new AbortController();
  let stopping = false;
  let wake: () => void = () => undefined;
  let nudged = false;
  let loop: Promise<void> = Promise.resolve();

  const settle = async (job: ClaimedJob): Promise<void> => {
    counts.begin(job.lane_key);
    await runAndSettle(deps, job, abort.signal).catch((error: unknown) =>
      deps.log("error", `job ${job.id} (${job.kind}) could not be settled; its lease will free it`, error),
    );
    active.delete(job.id);
    counts.end(job.lane_key);
    nudge();
  };

  const nudge = (): void => {
    nudged = true;
    wake();
  };

  const rest = async (after: number): Promise<void> => {
    if (nudged || stopping) return;
    const due = await nextDueAt(deps.db, { after, until: after + BEAT_MS }, roomIn);
    if (nudged || stopping) return;
    const timer = new AbortController();
    wake = () => timer.abort();
    await deps.clock.sleep(due === undefined ? BEAT_MS : Math.max(1, due - deps.clock.now()), timer.signal);
    wake = () => undefined;
  };

  const beat = async (): Promise<void> => {
    nudged = false;
    const now = deps.clock.now();
    for (const job of await claimJobs(deps.db, { owner: deps.owner, now, leaseMs: LEASE_MS, roomIn }))
      active.set(job.id, settle(job));
    await rest(now);
  };

  const run = async (): Promise<void> => {
    let renewAt = deps.clock.now() + LEASE_MS / 3;
    while (!stopping) {
      try {
        await beat();
        const now = deps.clock.now();
        if (now < renewAt) continue;
        renewAt = now + LEASE_MS / 3;
        await renewLeases(deps.db, [...active.keys()], deps.owner, now + LEASE_MS);
        // By the same time: what runs here was just renewed, even if the computer sleeps in between.
        await releaseClaims(deps.db, now);
      } catch (error) {
        deps.log("error", "the worker's loop failed and goes on", error);
        await deps.clock.sleep(BEAT_MS);
      }
    }
  };

  return {
    start: async () => {
      await releaseClaims(deps.db, Number.MAX_SAFE_INTEGER);
      loop = run();
    },
    nudge,
    stop: async (limitMs) => {
      stopping = true;
      wake();
      await loop;
      await drain(active, deps.clock, limitMs, abort);
    },
    running: () => active.size,
  };
}

/** Waits for what runs, then aborts it; what does not end even then keeps its lease and is freed at the next start. */
async function drain(
  active: Map<number, Promise<void>>,
  clock: Clock,
  limitMs: number,
  abort: AbortController,
): Promise<void> {
  const timer = new AbortController();
  await Promise.race([Promise.all(active.values()), clock.sleep(limitMs, timer.signal)]);
  timer.abort();
  abort.abort();
  const last = new AbortController();
  await Promise.race([Promise.all(active.values()), clock.sleep(2_000, last.signal)]);
  last.abort();
}

async function runAndSettle(deps: WorkerDeps, job: ClaimedJob, signal: AbortSignal): Promise<void> {
  const kind = job.kind as JobKindName;
  const definition = JOB_KINDS[kind];
  let payload: unknown = {};
  try {
    payload = JSON.parse(job.payload);
    if (!definition) throw new Error(`unknown kind of job: ${job.kind}`);
    if (job.attempts > job.max_attempts) throw new Error("it ended the program at its last try");
    const context = { attempt: job.attempts, lastAttempt: job.attempts >= job.max_attempts, signal };
    const result = await deps.run(kind, definition.payload.parse(payload), context);
    if (result.kind === "done") return await completeJob(deps.db, job, deps.owner);
    await repeatJob(deps.db, job, deps.owner, result.at);
  } catch (thrown) {
    await settleFailure(deps, { job, payload, error: toError(thrown), aborted: signal.aborted });
  }
}
