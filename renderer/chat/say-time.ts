// When a message was written: the time below it, the day above the first of a day. Absolute, so that nothing goes stale while
// the page is open and nothing is read out twice.
import type { Viewer } from "../ui/relative-time.ts";

const format = (at: number, viewer: Viewer, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(viewer.locale, {
    ...parts,
    ...(viewer.timeZone ? { timeZone: viewer.timeZone } : {}),
  }).format(at);

/** "10:42 AM". Epoch milliseconds. */
export const sayClock = (at: number, viewer: Viewer = {}): string =>
  format(at, viewer, { hour: "numeric", minute: "2-digit" });

/** "Monday, May 12". */
export const sayDate = (at: number, viewer: Viewer = {}): string =>
  format(at, viewer, { weekday: "long", month: "long", day: "numeric" });

/** The day to say above each of the messages; null where it is the one of the message before, or `now`'s at the beginning. */
export function daysAbove(
  times: readonly number[],
  now: number,
  viewer: Viewer = {},
): readonly (string | null)[] {
  let day = sayDate(now, viewer);
  return times.map((at) => {
    const own = Number.isFinite(at) ? sayDate(at, viewer) : day;
    const changed = own !== day;
    day = own;
    return changed ? own : null;
  });
}
