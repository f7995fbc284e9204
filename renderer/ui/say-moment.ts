// Says when something will be, by the viewer's clock: "8:00 am tomorrow". What has been is relative-time.ts.
import { sayDayOf } from "./relative-time.ts";
import { formatTime, type Viewer } from "./viewer.ts";

const DAY_MS = 86_400_000;

/** Days since the epoch of the date on the viewer's calendar. */
function dayOf(at: number, { timeZone }: Viewer): number {
  const date = new Intl.DateTimeFormat("en-US", {
    ...{ year: "numeric", month: "numeric", day: "numeric", calendar: "gregory" },
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
  const [month = 1, day = 1, year = 1970] = date.split("/").map(Number);
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

function sayDay(at: number, now: number, viewer: Viewer): string {
  const days = dayOf(at, viewer) - dayOf(now, viewer);
  if (days === 0) return "";
  if (days === 1) return " tomorrow";
  if (days > 1 && days < 7) return ` on ${formatTime(at, { weekday: "long" }, viewer)}`;
  return ` on ${sayDayOf(at, now, viewer)}`;
}

/** "8:00 am", "08:00". */
export const sayClock = (at: number, viewer: Viewer = {}): string =>
  formatTime(at, { hour: "numeric", minute: "2-digit" }, viewer);

/** "8:00 am", "8:00 am tomorrow", "08:00 on Monday", "8:00 am on Dec 3". Both in epoch milliseconds. */
export const sayMoment = (at: number, now: number, viewer: Viewer = {}): string =>
  `${sayClock(at, viewer)}${sayDay(at, now, viewer)}`;

/** A text with each ISO time in it ("2026-12-01T13:00:00.000Z") said as `sayMoment` does. */
export const sayMomentsIn = (text: string, now: number, viewer: Viewer = {}): string =>
  text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g, (iso) =>
    sayMoment(Date.parse(iso), now, viewer),
  );
