// Notices that the computer slept: the clock on the wall went on, the one that counts running time did not. Whatever came
// meanwhile has to be caught up with at once rather than at the next hour.
import type { Clock } from "./base/clock.ts";

const LOOK_MS = 15_000;
/** Less may be a clock that was set right. */
const SLEPT_MS = 60_000;

export interface SleepWatch {
  readonly clock: Clock;
  readonly onWake: (sleptMs: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Returns the way to stop watching. */
export function watchSleep({ clock, onWake, onError }: SleepWatch): () => void {
  const stop = new AbortController();
  const watch = async (): Promise<void> => {
    let [wall, running] = [clock.now(), clock.monotonic()];
    while (!stop.signal.aborted) {
      await clock.sleep(LOOK_MS, stop.signal);
      const slept = clock.now() - wall - (clock.monotonic() - running);
      [wall, running] = [clock.now(), clock.monotonic()];
      if (slept > SLEPT_MS && !stop.signal.aborted) await onWake(slept).catch(onError);
    }
  };
  void watch();
  return () => stop.abort();
}
