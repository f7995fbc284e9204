// Waits for work, but not for ever. Used where the worker starts and stops.
import type { Clock } from "../base/clock.ts";

/** Resolves when `work` is over, after `ms`, or when `giveUp` aborts; rejects only as `work` does within that time. */
export async function atMost(
  clock: Clock,
  ms: number,
  work: Promise<unknown>,
  giveUp?: AbortSignal,
): Promise<void> {
  const timer = new AbortController();
  const signal = giveUp ? AbortSignal.any([timer.signal, giveUp]) : timer.signal;
  await Promise.race([work, clock.sleep(ms, signal)]);
  timer.abort();
}
