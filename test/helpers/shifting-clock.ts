// The real clock, whose wall time a test moves on: what is old becomes old at once, and everything still runs.
import { type Clock, systemClock } from "../../server/base/clock.ts";

export interface ShiftingClock extends Clock {
  shift(ms: number): void;
}

export function createShiftingClock(): ShiftingClock {
  let shifted = 0;
  return {
    ...systemClock,
    now: () => Date.now() + shifted,
    shift: (ms) => {
      shifted += ms;
    },
  };
}
