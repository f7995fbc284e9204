// The loop that runs queued work: claim what is due, run it side by side, settle it. The only place that retries.
import type { Clock } from "../base/clock.ts";
import { toError } from "../base/errors.ts";
import { refuseGuilty, releaseAfterCrash } from "./after-crash.ts";
import { atMost } from "./at-most.ts";
import { type ClaimedJob, claimJobs, type Lease, nextDueAt } from "./claim-jobs.ts";
import { createRunningCounts } from "./count-running.ts";
import { createNap } from "./create-nap.ts";
import { JOB_KINDS, type JobKindName } from "./job-kinds.ts";
import { runSuspects } from "./run-suspects.ts";
import { type FailureDeps, settleFailure } from "./settle-failure.ts";
import { completeJob, releaseExpired, renewLeases, repeatJob } from "./settle-job.ts";
import { createTurns } from "./take-turns.ts";

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
  /**
   * Before anything else is let in: frees what the process before held, and runs what is suspected of having ended it
   * alone. Takes 5 s at most; what then still runs, runs on.
   */
  recover(): Promise<void>;
  /** Recovers, if that was not done, and begins with the ordinary work. */
  start(): Promise<void>;
  /** Something was enqueued: look now instead of at the next beat. */
  nudge(): void;
  /** Nothing is claimed any more until `release`; what runs is left alone. */
  hold(): void;
  release(): void;
  /** No new claims, wait up to `limitMs` for what runs, then abort it and give it back. */
  stop(limitMs: number): Promise<void>;
  running(): number;
}

const LEASE_MS = 120_000;
const BEAT_MS = 1_000;
/** How long the gateway stays closed at its start so that suspects are really alone. */
const QUIET_MS = 5_000;

export function createWorker(deps: WorkerDeps): Worker {
  const active = new Map<number, Promise<void>>();
  const counts = createRunningCounts(deps.concurrency ?? 16);
  const abort = new AbortController();
  const stopping = new AbortController();
  const nap = createNap(deps.clock);
  const turn = createTurns();
  let suspects: Promise<void> | undefined;
  let loop: Promise<void> = Promise.resolve();
  let held = false;

  const lease = (): Lease => ({ owner: deps.owner, now: deps.clock.now(), leaseMs: LEASE_MS });

  const settle = async (job: ClaimedJob): Promise<void> => {
    counts.begin(job.lane_key);
    await turn();
    await runToItsEnd(deps, job, abort.signal);
    active.delete(job.id);
    counts.end(job.lane_key);
    nap.nudge();
  };

  const begin = (job: ClaimedJob): Promise<void> => {
    const settled = settle(job);
    active.set(job.id, settled);
    return settled;
  };

  const beat = async (): Promise<void> => {
    await turn();
    nap.look();
    const claim = lease();
    const claimed = held ? [] : await claimJobs(deps.db, { ...claim, roomIn: counts.roomIn });
    for (const job of claimed) void begin(job);
    await nap.sleep(() => (held ? Promise.resolve(BEAT_MS) : restMs(deps, claim.now, counts.roomIn)));
  };

  const run = async (): Promise<void> => {
    let renewAt = deps.clock.now() + LEASE_MS / 3;
    while (!stopping.signal.aborted) {
      try {
        await beat();
        const now = deps.clock.now();
        if (now < renewAt) continue;
        renewAt = now + LEASE_MS / 3;
        await keepLeases(deps, [...active.keys()], now);
      } catch (error) {
        deps.log("error", "the worker's loop failed and goes on", error);
        await deps.clock.sleep(BEAT_MS);
      }
    }
  };

  const recover = async (): Promise<void> => {
    await releaseAfterCrash(deps.db);
    suspects = runSuspects({ ...deps, lease, begin, stopping: stopping.signal });
    await atMost(deps.clock, QUIET_MS, suspects);
  };

  return {
    recover,
    start: async () => {
      if (!suspects) await recover();
      loop = Promise.resolve(suspects).then(run);
    },
    nudge: nap.nudge,
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      nap.nudge();
    },
    stop: async (limitMs) => {
      stopping.abort();
      nap.nudge();
      await Promise.all([suspects, loop]);
      await drain(active, deps.clock, limitMs, abort);
    },
    running: () => active.size,
  };
}

/** Until the next job is due, a beat at most. */
async function restMs(
  deps: WorkerDeps,
  after: number,
  roomIn: Parameters<typeof nextDueAt>[2],
): Promise<number> {
  const due = await nextDueAt(deps.db, { after, until: after + BEAT_MS }, roomIn);
  return due === undefined ? BEAT_MS : Math.max(1, due - deps.clock.now());
}

/** Waits for what runs, then aborts it; what does not end even then keeps its lease and is freed at the next start. */
async function drain(
  active: Map<number, Promise<void>>,
  clock: Clock,
  limitMs: number,
  abort: AbortController,
): Promise<void> {
  await atMost(clock, limitMs, Promise.all(active.values()));
  abort.abort();
  await atMost(clock, 2_000, Promise.all(active.values()));
}

/** By the same time: what runs here was just renewed, even if the computer sleeps in between. */
async function keepLeases({ db, owner }: WorkerDeps, ids: readonly number[], now: number): Promise<void> {
  await renewLeases(db, ids, owner, now + LEASE_MS);
  await releaseExpired(db, now);
}

const runToItsEnd = (deps: WorkerDeps, job: ClaimedJob, signal: AbortSignal): Promise<void> =>
  runAndSettle(deps, job, signal).catch((error: unknown) =>
    deps.log("error", `job ${job.id} (${job.kind}) could not be settled; its lease will free it`, error),
  );

async function runAndSettle(deps: WorkerDeps, job: ClaimedJob, signal: AbortSignal): Promise<void> {
  const kind = job.kind as JobKindName;
  const definition = JOB_KINDS[kind];
  let payload: unknown = {};
  try {
    payload = JSON.parse(job.payload);
    if (!definition) throw new Error(`unknown kind of job: ${job.kind}`);
    refuseGuilty(job);
    if (job.attempts > job.max_attempts) throw new Error("the end of its last try could not be saved");
    const context = { attempt: job.attempts, lastAttempt: job.attempts >= job.max_attempts, signal };
    const result = await deps.run(kind, definition.payload.parse(payload), context);
    if (result.kind === "done") return await completeJob(deps.db, job, deps.owner);
    await repeatJob(deps.db, job, deps.owner, result.at);
  } catch (thrown) {
    await settleFailure(deps, { job, payload, error: toError(thrown), aborted: signal.aborted });
  }
}
