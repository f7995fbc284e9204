// How many wrong deliveries came from an address lately. Only wrong ones count, and only wrong ones are ever turned away
// for it: behind a tunnel Follow Up Boss may share its address with whoever sends rubbish.
import type { Clock } from "../base/clock.ts";

export interface RefusalCount {
  /** So many that the next wrong one is not worth explaining. */
  isFlood(address: string): boolean;
  add(address: string): void;
}

const WINDOW_MS = 60_000;
const MOST = 600;
/** A sender with endless addresses is counted as one. */
const MOST_ADDRESSES = 10_000;
const EVERYBODY_ELSE = "";

export function createRefusalCount(clock: Pick<Clock, "monotonic">): RefusalCount {
  const counts = new Map<string, number>();
  let until = 0;
  const lineOf = (address: string): string => {
    const now = clock.monotonic();
    if (now >= until) {
      counts.clear();
      until = now + WINDOW_MS;
    }
    return counts.has(address) || counts.size < MOST_ADDRESSES ? address : EVERYBODY_ELSE;
  };
  return {
    isFlood: (address) => (counts.get(lineOf(address)) ?? 0) >= MOST,
    add: (address) => {
      const line = lineOf(address);
      counts.set(line, (counts.get(line) ?? 0) + 1);
    },
  };
}
