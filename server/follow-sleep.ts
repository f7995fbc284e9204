// What the computer's sleep means for the gateway: while it goes to sleep nothing new is begun, and once it is awake what
// came meanwhile is caught up with at once. The host tells of it where it can (a desktop does); the clock's own gap is
// watched besides, since a server's host tells nothing.
import type { Clock } from "./base/clock.ts";
import { watchSleep } from "./watch-sleep.ts";

export interface SleepFollowerDeps {
  readonly clock: Clock;
  readonly worker: { hold(): void; release(): void };
  /** Looks for what was missed; null when it is not known how long that was. */
  readonly catchUp: (sleptMs: number | null) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface SleepFollower {
  /** About to sleep: nothing new is claimed, what runs is left alone. */
  sleep(): void;
  /** Awake again. Telling it twice, or besides what the clock told, catches up once. */
  wake(): Promise<void>;
  stop(): void;
}

/** A sleep that was told of and never came (a lid opened again) must not hold the work for good: so much running time. */
const LONGEST_HOLD_MS = 120_000;
/** The host and the clock, which is looked at every 15 s, tell of the same sleep within this. */
const SAME_WAKING_MS = 30_000;

export function followSleep({ clock, worker, catchUp, onError }: SleepFollowerDeps): SleepFollower {
  let asleep: { readonly since: number; readonly over: AbortController } | null = null;
  let wokenAt: number | null = null;

  const rise = async (told: number | null): Promise<void> => {
    const before = asleep;
    asleep = null;
    before?.over.abort();
    worker.release();
    const now = clock.monotonic();
    const known = before === null && wokenAt !== null && now - wokenAt < SAME_WAKING_MS;
    wokenAt = now;
    if (!known) await catchUp(before === null ? told : clock.now() - before.since);
  };

  const stopWatching = watchSleep({ clock, onError, onWake: rise });
  return {
    sleep: () => {
      if (asleep !== null) return;
      const over = new AbortController();
      asleep = { since: clock.now(), over };
      worker.hold();
      const endHold = async (): Promise<void> => {
        await clock.sleep(LONGEST_HOLD_MS, over.signal);
        if (!over.signal.aborted) await rise(null);
      };
      endHold().catch(onError);
    },
    wake: () => rise(null),
    stop: () => {
      asleep?.over.abort();
      asleep = null;
      stopWatching();
    },
  };
}
