// Says how long something took, for result lines of both pages.

import { formatNumber, type Viewer } from "./viewer.ts";

/** Seconds as "45 s", "2 min 5 s", "1 h 4 min"; null for none, negative or unknown. */
export function sayDuration(seconds: number | null, viewer: Viewer = {}): string | null {
  if (seconds === null || !Number.isFinite(seconds) || seconds <= 0) return null;
  const whole = Math.max(1, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const far = formatNumber(hours, {}, viewer);
  if (hours > 0) return minutes > 0 ? `${far} h ${minutes} min` : `${far} h`;
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}
