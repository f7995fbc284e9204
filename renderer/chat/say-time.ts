// When a message was written: the day above the first of a day. Absolute, so that nothing goes stale while
// the page is open and nothing is read out twice.
import { formatTime, type Viewer } from "../ui/viewer.ts";

/** "Monday, May 12". */
export const sayDate = (at: number, viewer: Viewer = {}): string =>
  formatTime(at, { weekday: "long", month: "long", day: "numeric" }, viewer);

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
