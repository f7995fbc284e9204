// The slots of one sliding window: which are taken, and when the next one is free. Used by the rate lanes.
// All times are monotonic milliseconds.

export interface LaneWindow {
  /** Slots per window; null = no limit. */
  limit: number | null;
  windowMs: number;
  /** Sent (or about to be) and not answered yet: counts as used for as long as that lasts. */
  inFlight: number;
  /** When our answered requests leave the CRM's window, earliest first. */
  readonly own: number[];
  /** The same for requests somebody else must have made with this account. */
  readonly others: number[];
  /** The next request, however little urgent, may take the last slot: only its answer tells how full it really is. */
  probe: boolean;
}

export function openWindow(limit: number | null, windowMs: number): LaneWindow {
  return { limit, windowMs, inFlight: 0, own: [], others: [], probe: false };
}

export function usedSlots(window: LaneWindow, now: number): number {
  forget(window.own, now);
  forget(window.others, now);
  return window.inFlight + window.own.length + window.others.length;
}

/**
 * `now` when a slot is free, else when one will be; Infinity while only an answer can free one. The last `reserved`
 * slots of the window are not given away, but to the one request that tries again after a 429.
 */
export function nextRoomAt(window: LaneWindow, now: number, reserved: number): number {
  const used = usedSlots(window, now);
  const usable =
    window.limit === null ? Number.POSITIVE_INFINITY : window.limit - (window.probe ? 0 : reserved);
  if (used < usable) return now;
  const leaving = [...window.own, ...window.others].toSorted((a, b) => a - b);
  return leaving[used - usable] ?? Number.POSITIVE_INFINITY;
}

export function beginInFlight(window: LaneWindow): void {
  window.inFlight += 1;
  window.probe = false;
}

/** An in-flight request is over. `freeAt` null: it was never sent, so its slot is free at once. */
export function endInFlight(window: LaneWindow, freeAt: number | null): void {
  window.inFlight -= 1;
  if (freeAt !== null && window.limit !== null) insert(window.own, freeAt);
}

export interface ServerCount {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly windowMs: number | null;
  /** When the CRM lets requests through again after a 429; null otherwise. */
  readonly pausedUntil: number | null;
}

/**
 * Believes the server's limit, window and count. To be told before the answered request leaves `inFlight`.
 *
 * Used up beyond what we know of was used by others and stays taken for one window. After a 429 one of those slots is
 * free when the pause ends, since that is what Retry-After promises.
 */
export function learnCount(window: LaneWindow, now: number, server: ServerCount): void {
  window.limit = server.limit ?? window.limit;
  window.windowMs = server.windowMs ?? window.windowMs;
  if (window.limit === null || server.remaining === null) return;
  // What a 429 leaves is mostly a guess about others, so that the reserve would hold everything up for a whole window.
  if (server.pausedUntil !== null) window.probe = true;
  const beyond = Math.max(0, window.limit - server.remaining) - usedSlots(window, now);
  const leaves = now + window.windowMs;
  for (let i = 0; i < beyond; i++) {
    insert(
      window.others,
      i === 0 && server.pausedUntil !== null ? Math.min(leaves, server.pausedUntil) : leaves,
    );
  }
  // Alone on the road the server's count is exact, so a guess about others that was too high is taken back.
  if (beyond < 0 && window.inFlight === 1) window.others.splice(0, Math.min(window.others.length, -beyond));
}

/** Two windows turn out to be one: everything `source` knows is counted in `target` too. */
export function mergeWindow(target: LaneWindow, source: LaneWindow): void {
  target.inFlight += source.inFlight;
  target.probe ||= source.probe;
  for (const freeAt of source.own) insert(target.own, freeAt);
  for (const freeAt of source.others) insert(target.others, freeAt);
  // The stricter knowledge; the next answer settles it.
  target.limit = target.limit === null || source.limit === null ? null : Math.min(target.limit, source.limit);
}

function forget(times: number[], now: number): void {
  let gone = 0;
  while (gone < times.length && (times[gone] ?? now) <= now) gone += 1;
  if (gone > 0) times.splice(0, gone);
}

function insert(times: number[], at: number): void {
  const index = times.findLastIndex((time) => time <= at);
  times.splice(index + 1, 0, at);
}
