// What runs each kind of job. A kind without a handler does not compile.
import type { JobKindName, JobPayload } from "../queue/job-kinds.ts";
import type { RunContext, RunResult } from "../queue/worker.ts";

export type Handlers = {
  readonly [K in JobKindName]: (payload: JobPayload<K>, context: RunContext) => Promise<RunResult>;
};
