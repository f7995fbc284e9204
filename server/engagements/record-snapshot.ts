// Takes in a provider's account of an outreach: the state machine decides, new transcript and history rows are
// appended, the CRM outbox is filled, the display is told. All in one transaction, so any part may be repeated.
import { type Channel, type EngagementStatus, isTerminal, isVoice } from "../../shared/values.ts";
import type { ProviderSnapshot, SnapshotMessage } from "../channels/channel.ts";
import type { Trx } from "../db/schema.ts";
import { about } from "./about-engagement.ts";
import { carrierOptOut } from "./carrier-opt-out.ts";
import {
  appendHistory,
  appendKeyed,
  appendMessages,
  type EngagementRow,
  findEngagement,
  type KeyedMessage,
  updateEngagement,
} from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { enqueuePoll } from "./enqueue-poll.ts";
import { failSent } from "./fail-sent.ts";
import { hearWishes } from "./hear-wishes.ts";
import { statusAfter } from "./lifecycle.ts";
import { queueActivities } from "./queue-activities.ts";
import { refineOutcome } from "./refine-outcome.ts";
import { tellCampaign, wakeCampaign } from "./tell-campaign.ts";

export interface SnapshotRecord {
  /** null: the provider said yes but not how it stands. */
  readonly snapshot: ProviderSnapshot | null;
  /** The state the provider just agreed to (paused, resumed); stands where its snapshot does not say. */
  readonly agreed?: EngagementStatus;
  /** Columns set in the same transaction (a reference just learned, a parked reason lifted). */
  readonly change?: Partial<Pick<EngagementRow, "provider_ref" | "launch_state" | "parked_reason">>;
  /** When to ask the provider next, epoch ms; queued in the same transaction unless the outreach has ended. */
  readonly nextPollAt?: number | null;
  /** Nothing is recorded when this does not hold of the row as it is by then. */
  readonly only?: (row: EngagementRow) => boolean;
}

type RecordDeps = Pick<EngagementDeps, "clock" | "journal" | "settings">;

/** Returns the row as it is afterwards; undefined when there is no such engagement. */
export async function recordSnapshot(
  deps: EngagementDeps,
  engagementId: string,
  record: SnapshotRecord,
): Promise<EngagementRow | undefined> {
  const row = await deps.db.transaction().execute(async (trx) => {
    const before = await findEngagement(trx, engagementId);
    if (!before || record.only?.(before) === false) return undefined;
    const after = await recordIn(deps, trx, before, record);
    await queuePoll(deps, trx, after, record.nextPollAt ?? null);
    return after;
  });
  if (row) deps.bus.emit("engagement:changed", { engagementId, tenant: row.tenant });
  deps.nudge();
  return row;
}

async function queuePoll(
  deps: EngagementDeps,
  trx: Trx,
  row: EngagementRow,
  at: number | null,
): Promise<void> {
  if (at === null || isTerminal(row.status as EngagementStatus)) return;
  await enqueuePoll(trx, row.id, at, deps.clock.now());
}

/** recordSnapshot within the caller's transaction; the caller tells the display. */
export async function recordIn(
  deps: RecordDeps,
  trx: Trx,
  before: EngagementRow,
  record: SnapshotRecord,
): Promise<EngagementRow> {
  const now = deps.clock.now();
  const change = record.change ?? {};
  const snapshot = withAgreed(record, before.provider_seen_at ?? 0);
  const result = mergeResult(before, snapshot, now);
  const after: EngagementRow = { ...before, ...change, ...result };
  await updateEngagement(trx, before.id, { ...change, ...result }, now);
  const newMessages = await appendTranscript(trx, before.id, snapshot.transcript);
  // Of whole transcripts the new ones are the last.
  if (newMessages > 0) await hearWishes(deps, trx, after, snapshot.transcript.slice(-newMessages));
  await appendHistory(trx, before.id, snapshot.history);
  const resultChanged =
    before.outcome !== after.outcome ||
    before.summary !== after.summary ||
    before.duration !== after.duration ||
    before.recording_url !== after.recording_url ||
    before.status !== after.status;
  await queueActivities(trx, after, { newMessages, resultChanged }, now);
  if (before.status !== after.status) await tellStatus(deps, trx, after);
  if (snapshot.optOut !== undefined) await carrierOptOut(deps, trx, after, snapshot.optOut);
  for (const { id, why } of snapshot.undelivered ?? []) await failSent(deps, trx, after, { id, why });
  const ended = isTerminal(after.status as EngagementStatus);
  if (ended && (before.status !== after.status || before.outcome !== after.outcome))
    await tellCampaign(trx, after, now);
  else if (after.status === "paused" && before.status !== "paused") await wakeCampaign(trx, after, now);
  return after;
}

// Messages with ids may come in any order; whole transcripts only grow at their end.
function appendTranscript(trx: Trx, id: string, transcript: readonly SnapshotMessage[]): Promise<number> {
  const keyed = transcript.filter(
    (message): message is SnapshotMessage & KeyedMessage => message.key !== undefined,
  );
  return keyed.length > 0 ? appendKeyed(trx, id, keyed) : appendMessages(trx, id, transcript);
}

// Where the provider's account is silent about the state, what it agreed to stands in. Silence has no time: the
// provider's clock may be behind ours, and its next word must not count as older than its silence.
function withAgreed(record: SnapshotRecord, seenAt: number): ProviderSnapshot {
  const snapshot = record.snapshot ?? { ...NOTHING_SAID, seenAt };
  return { ...snapshot, status: snapshot.status ?? record.agreed ?? null };
}

const NOTHING_SAID: Omit<ProviderSnapshot, "seenAt"> = {
  status: null,
  outcome: null,
  summary: null,
  startedAt: null,
  completedAt: null,
  duration: null,
  transcript: [],
  history: [],
};

type Result = Pick<
  EngagementRow,
  | "status"
  | "outcome"
  | "summary"
  | "started_at"
  | "completed_at"
  | "duration"
  | "provider_seen_at"
  | "recording_url"
>;

/**
 * The first end stays: another snapshot of it may complete what is missing (a summary, a duration, an outcome where only
 * the end was known) but not turn it over. Of two that say something, the newer counts, in whichever order they come.
 */
function mergeResult(before: EngagementRow, snapshot: ProviderSnapshot, now: number): Result {
  const from = before.status as EngagementStatus;
  const status = statusAfter(
    { status: from, seenAt: before.provider_seen_at },
    snapshot.status,
    snapshot.seenAt,
  );
  const over = isTerminal(status);
  const sameEnd = over && (from !== status || snapshot.status === status);
  const newer = before.provider_seen_at === null || snapshot.seenAt >= before.provider_seen_at;
  const choose = <T>(known: T | null, said: T | null): T | null =>
    newer ? (said ?? known) : (known ?? said);
  // An end without a result of its own stands in until the provider tells one.
  const outcome = before.outcome === status ? null : before.outcome;
  return {
    status,
    outcome: over
      ? refined(before, outcome ?? (sameEnd ? snapshot.outcome : null) ?? status, snapshot)
      : before.outcome,
    summary: sameEnd || !over ? choose(before.summary, snapshot.summary) : before.summary,
    started_at: before.started_at ?? snapshot.startedAt ?? (status === "in_progress" || over ? now : null),
    completed_at: before.completed_at ?? (over ? (snapshot.completedAt ?? now) : null),
    duration: sameEnd ? choose(before.duration, snapshot.duration) : before.duration,
    provider_seen_at: Math.max(before.provider_seen_at ?? 0, snapshot.seenAt),
    recording_url: before.recording_url ?? snapshot.recordingUrl ?? null,
  };
}

// Texts and e-mail have results that come after the end: somebody answers, a message comes back.
const refined = (before: EngagementRow, outcome: string, snapshot: ProviderSnapshot): string =>
  snapshot.outcome === null || isVoice(before.channel as Channel)
    ? outcome
    : (refineOutcome(outcome, snapshot.outcome) ?? outcome);

async function tellStatus(deps: RecordDeps, trx: Trx, row: EngagementRow): Promise<void> {
  const over = isTerminal(row.status as EngagementStatus);
  const outcome = over && row.outcome !== null ? ` (${row.outcome})` : "";
  await deps.journal.add(trx, {
    ...about(row),
    severity: row.status === "failed" ? "warn" : "info",
    event: `engagement.${row.status}`,
    outcome: over ? row.outcome : null,
    message: `Outreach is now ${row.status.replace("_", " ")}${outcome}`,
  });
}
