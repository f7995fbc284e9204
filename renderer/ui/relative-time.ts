// Says when something was, as people do: "2 min ago", and exactly where somebody hovers. Both pages use it.
import { element } from "./build-element.ts";
import { formatNumber, formatTime, type Viewer } from "./viewer.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "just now", "2 min ago", "3 h ago", "yesterday", "4 days ago", then the date. A clock that is ahead counts as now. */
export function relativeTime(at: number, now: number, viewer: Viewer = {}): string {
  const age = now - at;
  if (age < 45_000) return "just now";
  if (age < HOUR - MINUTE / 2)
    return `${formatNumber(Math.max(1, Math.round(age / MINUTE)), {}, viewer)} min ago`;
  if (age < DAY - HOUR / 2) return `${formatNumber(Math.max(1, Math.round(age / HOUR)), {}, viewer)} h ago`;
  const days = Math.round(age / DAY);
  if (days <= 1) return "yesterday";
  if (days < 7) return `${formatNumber(days, {}, viewer)} days ago`;
  return sayDayOf(at, now, viewer);
}

/** "Dec 1", "1 Dec"; with the year where it is not that of `now`. */
export function sayDayOf(at: number, now: number, viewer: Viewer = {}): string {
  const yearOf = (moment: number): string => formatTime(moment, { year: "numeric" }, viewer);
  const year = yearOf(at) === yearOf(now) ? {} : { year: "numeric" as const };
  return formatTime(at, { day: "numeric", month: "short", ...year }, viewer);
}

/** Date, time with seconds and zone, for hovering. */
export const exactTime = (at: number, viewer: Viewer = {}): string =>
  formatTime(at, { dateStyle: "medium", timeStyle: "long" }, viewer);

/** A `<time>` that shows the relative time, the exact one on hover; `refreshTimes` keeps it true. */
export function timeElement(iso: string, now: number): HTMLTimeElement {
  const at = Date.parse(iso);
  const known = Number.isFinite(at);
  return element(
    "time",
    { datetime: iso, title: known ? exactTime(at) : iso },
    known ? relativeTime(at, now) : iso,
  );
}

/** Rewrites every `<time>` below `root` whose words have changed. */
export function refreshTimes(root: ParentNode, now: number): void {
  for (const node of root.querySelectorAll("time")) {
    const at = Date.parse(node.dateTime);
    if (!Number.isFinite(at)) continue;
    const words = relativeTime(at, now);
    if (node.textContent !== words) node.textContent = words;
  }
}
