// The entries the Journal holds: oldest first in memory, at most MOST of them; what arrives while somebody reads waits
// apart, so that nothing moves under their eyes.
import type { JournalEntry } from "../../../shared/journal.schema.ts";

export const MOST = 100_000;

export interface JournalBuffer {
  /** Row 0 is the newest. */
  rowAt(index: number): JournalEntry | undefined;
  size(): number;
  /** How many wait to be shown. */
  waiting(): number;
  newest(): number | null;
  /** Changes whenever rows do; what is held back does not count. */
  version(): number;
  /** `before_seq` of the next older page; null when there is none. */
  next(): number | null;
  reset(newestFirst: readonly JournalEntry[], next: number | null): void;
  addOlder(newestFirst: readonly JournalEntry[], next: number | null): void;
  /** @param hold keep them apart for now */
  addNewer(oldestFirst: readonly JournalEntry[], hold: boolean): void;
  /** Shows what waited. */
  release(): void;
}

export function createJournalBuffer(): JournalBuffer {
  let entries: JournalEntry[] = [];
  let held: JournalEntry[] = [];
  let next: number | null = null;
  let version = 0;

  const newest = (): number | null => held.at(-1)?.seq ?? entries.at(-1)?.seq ?? null;
  /** Dropped in thousands, so that a full buffer does not shift with every batch. */
  const trim = (): void => {
    if (entries.length <= MOST) return;
    entries = entries.slice(entries.length - MOST + 1000);
    next = entries[0]?.seq ?? null;
  };
  return {
    rowAt: (index) => entries[entries.length - 1 - index],
    size: () => entries.length,
    waiting: () => held.length,
    newest,
    version: () => version,
    next: () => next,
    reset: (rows, more) => {
      entries = rows.toReversed();
      held = [];
      next = more;
      version += 1;
    },
    addOlder: (rows, more) => {
      const oldest = entries[0]?.seq ?? Number.POSITIVE_INFINITY;
      entries = [...rows.filter(({ seq }) => seq < oldest).toReversed(), ...entries];
      next = entries.length >= MOST ? null : more;
      version += 1;
    },
    addNewer: (rows, hold) => {
      const known = newest() ?? -1;
      const fresh = rows.filter(({ seq }) => seq > known);
      if (fresh.length === 0) return;
      if (hold) {
        held.push(...fresh);
        if (held.length > MOST) held = held.slice(-MOST);
        return;
      }
      entries = entries.concat(held, fresh);
      held = [];
      version += 1;
      trim();
    },
    release: () => {
      entries = entries.concat(held);
      held = [];
      version += 1;
      trim();
    },
  };
}
