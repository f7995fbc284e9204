// Says how long something will take, roughly, as people do. Estimates only; what it took is say-duration.ts.

import { sayNumber } from "./say-count.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const some = (count: number, unit: string): string => `${sayNumber(count)} ${unit}${count === 1 ? "" : "s"}`;

/** Seconds as "less than a minute", "about 17 minutes", "about 1 hour 20 minutes", "about 3 days"; null where none are left. */
export function sayEta(seconds: number): string | null {
  if (!Number.isFinite(seconds) || seconds <= 0) return null;
  if (seconds < 50) return "less than a minute";
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return `about ${some(Math.max(1, minutes), "minute")}`;
  // Nobody plans by single minutes beyond the hour.
  const rounded = Math.round(seconds / (5 * MINUTE)) * 5 * MINUTE;
  if (rounded >= 2 * DAY) return `about ${some(Math.round(rounded / DAY), "day")}`;
  const hours = Math.floor(rounded / HOUR);
  const rest = Math.round((rounded % HOUR) / MINUTE);
  return rest === 0 || hours >= 10
    ? `about ${some(Math.round(rounded / HOUR), "hour")}`
    : `about ${some(hours, "hour")} ${some(rest, "minute")}`;
}
