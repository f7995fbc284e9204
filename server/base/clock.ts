// The only place that reads the wall clock. Everything else is given a Clock, so tests can own time.
import { setTimeout as delay } from "node:timers/promises";

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that never jump, for measuring spans. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts (it never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    if (signal?.aborted) return;
    await delay(Math.max(0, ms), undefined, signal ? { signal, ref: true } : {}).catch(() => undefined);
  },
};

/** ISO 8601 UTC text of an instant in epoch milliseconds. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
