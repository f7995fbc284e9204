// The loop that runs queued work: claim what is due, run it side by side, settle it. The only place that retries.
import { backoffDelay } from "../base/backoff.ts";
import type { Clock } from "../base/clock.ts";
import { GatewayError, toError } from "../base/errors.ts";
import { redactText } from "../base/redact-text.ts";
import type { Db } from "../db/schema.ts";
import { type ClaimedJob, claimJobs, nextDueAt } from "./claim-jobs.ts";
import { JOB_KINDS, type JobKindName } from "./job-kinds.ts";
import { buryJob, completeJob, giveJobBack, releaseClaims, renewLeases, repeatJob } from "./settle-job.ts";

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

export interface WorkerDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly owner: string;
  readonly random: () => number;
  readonly run: (kind: JobKindName, payload: unknown, context: RunContext) => Promise<RunResult>;
  /** Told when a job is set aside for good. */
  readonly onDead: (kind: string, payload: unknown, error: Error) => Promise<void>;
  readonly log: (level: "warn" | "error", message: string, thrown?: unknown) => void;
  /** Jobs run side by side; default 16. */
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
  const limit = deps.concurrency ?? 16;
  const active = new Map<number, Promise<void>>();
  const abort = new AbortController();
  let stopping = false;
  let wake: () => void = () => undefined;
  let nudged = false;
  let loop: Promise<void> = Promise.resolve();

  const settle = async (job: ClaimedJob): Promise<void> => {
    await runAndSettle(deps, job, abort.signal).catch((error: unknown) =>
      deps.log("error", `job ${job.id} (${job.kind}) could not be settled; its lease will free it`, error),
    );
    active.delete(job.id);
    nudge();
  };

  const nudge = (): void => {
    nudged = true;
    wake();
  };

  const rest = async (): Promise<void> => {
    if (nudged || stopping) return;
    const due = await nextDueAt(deps.db);
    const wait = Math.min(BEAT_MS, due === undefined ? BEAT_MS : Math.max(1, due - deps.clock.now()));
    if (nudged || stopping) return;
    const timer = new AbortController();
    wake = () => timer.abort();
    await deps.clock.sleep(active.size >= limit ? BEAT_MS : wait, timer.signal);
    wake = () => undefined;
  };

  const beat = async (): Promise<void> => {
    nudged = false;
    const room = limit - active.size;
    const claim = { owner: deps.owner, now: deps.clock.now(), leaseMs: LEASE_MS, limit: room };
    const jobs = room > 0 ? await claimJobs(deps.db, claim) : [];
    for (const job of jobs) active.set(job.id, settle(job));
    if (jobs.length < room || room <= 0) await rest();
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
    await afterFailure(deps, job, payload, toError(thrown), signal);
  }
}

async function afterFailure(
  deps: WorkerDeps,
  job: ClaimedJob,
  payload: unknown,
  error: Error,
  signal: AbortSignal,
): Promise<void> {
  const text = redactText(error.message);
  const now = deps.clock.now();
  if (signal.aborted)
    return giveJobBack(deps.db, job.id, deps.owner, { runAt: now, error: text, counts: false });
  const definition = JOB_KINDS[job.kind as JobKindName];
  const hint = error instanceof GatewayError ? error.retry : undefined;
  const final =
    hint === undefined || hint.kind === "never" || !definition || job.attempts >= job.max_attempts;
  if (final) {
    // A bug is loud; an expected refusal is somebody's to read.
    deps.log(hint === undefined ? "error" : "warn", `job ${job.kind} was set aside: ${text}`, error);
    await deps.onDead(job.kind, payload, error);
    return buryJob(deps.db, job, deps.owner, text);
  }
  const wait =
    hint.kind === "after" ? hint.afterMs : backoffDelay(definition.backoff, job.attempts, deps.random());
  deps.log("warn", `job ${job.kind} will be tried again in ${Math.round(wait / 1000)} s: ${text}`);
  await giveJobBack(deps.db, job.id, deps.owner, { runAt: now + wait, error: text, counts: true });
}
