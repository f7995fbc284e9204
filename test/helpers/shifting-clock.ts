// The real clock, whose wall time a test moves on: what is old becomes old at once, and everything still runs.
import { type Clock, systemClock } from "../../server/base/clock.ts";

export interface ShiftingClock extends Clock {
  shift(ms: number): void;
}

/** `start`: what it shows at first, epoch ms; the present when left out. */
export function createShiftingClock(start: number = Date.now()): ShiftingClock {
  let shifted = start - Date.now();
  return {
    ...systemClock,
    now: () => Date.now() + shifted,
    shift: (ms) => {
      shifted += ms;
    },
  };
}
