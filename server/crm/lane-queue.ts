// Who is served next in a lane: the more urgent first, first come first served among equals. Used by the rate lanes.
import type { CrmPriority } from "./crm.ts";

const RANK: Readonly<Record<CrmPriority, number>> = { interactive: 0, launch: 1, sync: 2, listing: 3 };

export interface Waiter {
  readonly priority: CrmPriority;
  /** Order of arrival over all lanes. */
  readonly seq: number;
  /** When it came, monotonic ms. */
  readonly since: number;
  /** A slot has been taken in this waiter's name. */
  readonly grant: () => void;
}

/** Keeps `queue` in the order of service. */
export function enqueueWaiter(queue: Waiter[], waiter: Waiter): void {
  const index = queue.findLastIndex((other) => servedBefore(other, waiter) < 0);
  queue.splice(index + 1, 0, waiter);
}

/** A backlog of records may last for many minutes; somebody looks at the page that waits for a list. */
const LISTING_PATIENCE_MS = 500;

export interface Turn {
  readonly waiter: Waiter;
  /** Whose share of the window it may use. */
  readonly as: CrmPriority;
}

/** The first in line; but a list that has waited for long takes a turn among the records, so that it is never starved. */
export function nextTurn(queue: readonly Waiter[], now: number): Turn | undefined {
  const [first] = queue;
  if (first?.priority !== "sync") return first && { waiter: first, as: first.priority };
  const patient = queue.find(
    ({ priority, since }) => priority === "listing" && now - since >= LISTING_PATIENCE_MS,
  );
  return { waiter: patient ?? first, as: "sync" };
}

/** True when the waiter was there. */
export function removeWaiter(queue: Waiter[], waiter: Waiter): boolean {
  const index = queue.indexOf(waiter);
  if (index !== -1) queue.splice(index, 1);
  return index !== -1;
}

/** How many wait, by urgency. */
export function countByPriority(queue: readonly Waiter[]): Record<CrmPriority, number> {
  const counts = { interactive: 0, launch: 0, sync: 0, listing: 0 };
  for (const { priority } of queue) counts[priority] += 1;
  return counts;
}

/** Negative when `a` is served before `b`. */
export const servedBefore = (a: Waiter, b: Waiter): number =>
  RANK[a.priority] - RANK[b.priority] || a.seq - b.seq;
