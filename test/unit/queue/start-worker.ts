// A worker over a real database whose jobs do what the test says, with everything it did kept for looking at.
import { setTimeout as delay } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Clock } from "../../../server/base/clock.ts";
import type { Db } from "../../../server/db/schema.ts";
import type { JobKindName } from "../../../server/queue/job-kinds.ts";
import {
  createWorker,
  DONE,
  type RunContext,
  type RunResult,
  type Worker,
} from "../../../server/queue/worker.ts";

export interface Ran {
  readonly kind: string;
  /** The id in the payload. */
  readonly id: string;
  readonly attempt: number;
  readonly at: number;
}

export interface TestWorker extends Worker {
  readonly ran: Ran[];
  readonly dead: { kind: string; payload: unknown; error: Error }[];
  readonly logged: { level: string; message: string }[];
}

export type RunJob = (id: string, context: RunContext, kind: JobKindName) => Promise<RunResult | undefined>;

export function makeWorker(db: Db, clock: Clock, run: RunJob, concurrency?: number): TestWorker {
  const ran: Ran[] = [];
  const dead: TestWorker["dead"] = [];
  const logged: TestWorker["logged"] = [];
  const worker = createWorker({
    db,
    clock,
    owner: "test",
    random: () => 0,
    ...(concurrency === undefined ? {} : { concurrency }),
    run: async (kind, payload, context) => {
      const id = String(Object.values(payload as object)[0]);
      ran.push({ kind, id, attempt: context.attempt, at: clock.now() });
      return (await run(id, context, kind)) ?? DONE;
    },
    onDead: async (kind, payload, error) => void dead.push({ kind, payload, error }),
    log: (level, message) => void logged.push({ level, message }),
  });
  // A clock that stands still would hold a stop for ever.
  onTestFinished(() => Promise.race([worker.stop(0), delay(50)]));
  return Object.assign(worker, { ran, dead, logged });
}
