// A clock that stands still until the test moves it. Real sockets work beside it: moving yields to the event loop.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../server/base/clock.ts";

export interface FakeClock extends Clock {
  /** Moves time on, waking sleepers in the order of their time; what they start is let run before the next one. */
  advance(ms: number): Promise<void>;
  /** Lets everything that needs no time run. */
  settle(): Promise<void>;
  /** How many sleep right now. */
  sleepers(): number;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export const FAKE_START = Date.parse("2026-03-02T15:00:00Z");

export function createFakeClock(start: number = FAKE_START): FakeClock {
  let elapsed = 0;
  let sleepers: Sleeper[] = [];

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await nextTurn();
  };

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (ms <= 0 || signal?.aborted) {
        resolve();
        return;
      }
      const sleeper: Sleeper = {
        at: elapsed + ms,
        wake: () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      signal?.addEventListener("abort", sleeper.wake, { once: true });
      sleepers.push(sleeper);
    });

  return {
    now: () => start + elapsed,
    // Not zero, as on a real machine.
    monotonic: () => 1_000 + elapsed,
    sleep,
    settle,
    sleepers: () => sleepers.length,
    advance: async (ms) => {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        elapsed = Math.max(elapsed, next.at);
        next.wake();
        await settle();
      }
      elapsed = end;
      await settle();
    },
  };
}
