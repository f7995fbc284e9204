// The real clock, running faster: what takes minutes at Follow Up Boss's limits takes seconds here, over real sockets.
import { type Clock, systemClock } from "../../server/base/clock.ts";

/** `speed` milliseconds of its time pass in one of ours. It starts at the present. */
export function createFastClock(speed: number): Clock {
  const [start, begun] = [Date.now(), performance.now()];
  const elapsed = (): number => (performance.now() - begun) * speed;
  return {
    now: () => Math.floor(start + elapsed()),
    monotonic: () => 1_000 + elapsed(),
    // Timers count whole milliseconds; one that rings early would not be like the real one.
    sleep: (ms, signal) => systemClock.sleep(Math.ceil(ms / speed), signal),
  };
}
