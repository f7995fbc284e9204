// Says when something was, as people do: "2 min ago", and exactly where somebody hovers. Both pages use it.
import { element } from "./build-element.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The viewer's language and zone; tests give their own. */
export interface Viewer {
  readonly locale?: string;
  readonly timeZone?: string;
}

/** "just now", "2 min ago", "3 h ago", "yesterday", "4 days ago", then the date. A clock that is ahead counts as now. */
export function relativeTime(at: number, now: number, viewer: Viewer = {}): string {
  const age = now - at;
  if (age < 45_000) return "just now";
  if (age < HOUR - MINUTE / 2) return `${Math.max(1, Math.round(age / MINUTE))} min ago`;
  if (age < DAY - HOUR / 2) return `${Math.max(1, Math.round(age / HOUR))} h ago`;
  const days = Math.round(age / DAY);
  if (days <= 1) return "yesterday";
  if (days < 7) return `${days} days ago`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(viewer.locale, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    ...(viewer.timeZone ? { timeZone: viewer.timeZone } : {}),
  }).format(at);
}

/** Date, time with seconds and zone, for hovering. */
export const exactTime = (at: number, viewer: Viewer = {}): string =>
  new Intl.DateTimeFormat(viewer.locale, {
    dateStyle: "medium",
    timeStyle: "long",
    ...(viewer.timeZone ? { timeZone: viewer.timeZone } : {}),
  }).format(at);

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
