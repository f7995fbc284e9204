// The worker's sleep between two looks: until its time, or until somebody nudges. A nudge during the look counts too, so
// that what was enqueued meanwhile is not slept through.
import type { Clock } from "../base/clock.ts";

export interface Nap {
  /** Ends the sleep, or keeps the next one from beginning. */
  nudge(): void;
  /** Nudges before this are answered by the look that now begins. */
  look(): void;
  /** `untilMs` says how long, once it is known that nobody nudged. */
  sleep(untilMs: () => Promise<number>): Promise<void>;
}

export function createNap(clock: Clock): Nap {
  let nudged = false;
  let wake: () => void = () => undefined;
  return {
    nudge: () => {
      nudged = true;
      wake();
    },
    look: () => {
      nudged = false;
    },
    sleep: async (untilMs) => {
      if (nudged) return;
      const ms = await untilMs();
      if (nudged) return;
      const timer = new AbortController();
      wake = () => timer.abort();
      await clock.sleep(ms, timer.signal);
      wake = () => undefined;
    },
  };
}
