// The engagement's state machine. Pure: which state may follow which, and what a provider's word changes.
import type { EngagementStatus } from "../../shared/values.ts";

const NEXT: Readonly<Record<EngagementStatus, readonly EngagementStatus[]>> = {
  accepted: ["queued", "in_progress", "paused", "completed", "failed", "canceled"],
  queued: ["in_progress", "paused", "completed", "failed", "canceled"],
  in_progress: ["paused", "completed", "failed", "canceled"],
  paused: ["queued", "in_progress", "completed", "failed", "canceled"],
  completed: [],
  failed: [],
  canceled: [],
};

/** May `to` follow `from`? A state never follows itself; a final state has no successor. */
export function canBecome(from: EngagementStatus, to: EngagementStatus): boolean {
  return NEXT[from].includes(to);
}

export interface Standing {
  readonly status: EngagementStatus;
  /** Time of the newest word from the provider, null before the first. */
  readonly seenAt: number | null;
}

/**
 * The status a provider's snapshot leads to. Unknown words, words older than what was heard, and steps that cannot be
 * (a final state is final, whatever comes late) keep the state as it is. An older word may still end the outreach:
 * an end is an end in any order of arrival.
 */
export function statusAfter(
  standing: Standing,
  said: EngagementStatus | null,
  saidAt: number,
): EngagementStatus {
  if (said === null || !canBecome(standing.status, said)) return standing.status;
  const older = standing.seenAt !== null && saidAt < standing.seenAt;
  const ends = NEXT[said].length === 0;
  return older && !ends ? standing.status : said;
}
