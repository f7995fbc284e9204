// Kind of work → what runs it. A kind without a handler does not compile.
import type { Clock } from "../base/clock.ts";
import type { Db } from "../db/schema.ts";
import type { EmbedDeps } from "../embed/embed-deps.ts";
import { learnAccounts } from "../embed/learn-accounts.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { launchEngagement } from "../engagements/launch-engagement.ts";
import { pollEngagement } from "../engagements/poll-engagement.ts";
import type { Journal } from "../log/journal.ts";
import type { JobKindName, JobPayload } from "../queue/job-kinds.ts";
import { DONE, type RunContext, type RunResult } from "../queue/worker.ts";
import { resolvePerson } from "../sync/resolve-person.ts";
import { syncActivity } from "../sync/sync-activity.ts";
import type { SyncDeps } from "../sync/sync-deps.ts";

export interface JobDeps {
  readonly embed: EmbedDeps;
  readonly sync: SyncDeps;
  readonly db: Db;
  readonly clock: Clock;
  readonly journal: Journal;
}

type Handlers = {
  readonly [K in JobKindName]: (payload: JobPayload<K>, context: RunContext) => Promise<RunResult>;
};

const HOUR_MS = 3_600_000;

export function createJobHandlers(deps: JobDeps): Handlers {
  const again = (at: number | null): RunResult => (at === null ? DONE : { kind: "again", at });
  return {
    "launch-engagement": async ({ engagement_id }) => {
      await launchEngagement(deps.embed, engagement_id);
      return DONE;
    },
    "poll-engagement": async ({ engagement_id }) => again(await pollEngagement(deps.embed, engagement_id)),
    "resolve-person": async ({ engagement_id }, { signal }) => {
      const row = await findEngagement(deps.db, engagement_id);
      if (row) await resolvePerson(deps.sync, row, "launch", signal);
      return DONE;
    },
    "sync-activity": async ({ activity_id }, { signal }) => {
      const result = await syncActivity(deps.sync, activity_id, signal);
      return again(result === "changed" ? deps.clock.now() : null);
    },
    "learn-accounts": async ({ tenant }) => {
      await learnAccounts(deps.embed, tenant);
      return DONE;
    },
    housekeeping: async () => {
      const { journal_days, journal_rows } = deps.embed.settings.platform();
      await deps.journal.prune({ days: journal_days, rows: journal_rows });
      return again(deps.clock.now() + HOUR_MS);
    },
  };
}

/** Runs one job by its kind; the payload was checked against the kind's schema by the worker. */
export function runJob(
  handlers: Handlers,
  kind: JobKindName,
  payload: unknown,
  context: RunContext,
): Promise<RunResult> {
  const handler = handlers[kind] as (payload: unknown, context: RunContext) => Promise<RunResult>;
  return handler(payload, context);
}
