// When somebody may be reached again, by the clock on their own wall: "8 am tomorrow, their time". Pure; for buttons and
// lines on pages.
import { clockText } from "./describe-hours.ts";
import { DAY_MS, MINUTE_MS, type WallClocks } from "./wall-clocks.ts";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** `zone`: of the person, the first where there are several. Both times epoch ms. */
export function sayOpening(clocks: WallClocks, zone: string, until: number, at: number): string {
  const wall = (moment: number): number => moment + clocks.offsetAt(zone, moment);
  const minute = Math.round((wall(until) % DAY_MS) / MINUTE_MS);
  const day = (moment: number): number => Math.floor(wall(moment) / DAY_MS);
  const away = day(until) - day(at);
  // 1 January 1970 was a Thursday.
  const weekday = WEEKDAYS[(day(until) + 4) % 7] ?? "";
  const when = away === 0 ? "today" : away === 1 ? "tomorrow" : `on ${weekday}`;
  return `${clockText(minute)} ${when}, their time`;
}
