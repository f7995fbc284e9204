// Says when something will be, by the viewer's clock: "8:00 am tomorrow". What has been is relative-time.ts.
import type { Viewer } from "./relative-time.ts";

const DAY_MS = 86_400_000;
/** The page speaks American English, and so do the server's own times ("8:00 am, their time"). */
const LOCALE = "en-US";

const format = (at: number, viewer: Viewer, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(LOCALE, {
    ...parts,
    ...(viewer.timeZone ? { timeZone: viewer.timeZone } : {}),
  }).format(at);

/** Days since the epoch of the date the viewer's calendar shows. */
function dayOf(at: number, viewer: Viewer): number {
  const [month = 1, day = 1, year = 1970] = format(at, viewer, {
    year: "numeric",
    month: "numeric",
    day: "numeric",
  })
    .split("/")
    .map(Number);
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

function sayDay(at: number, now: number, viewer: Viewer): string {
  const days = dayOf(at, viewer) - dayOf(now, viewer);
  if (days === 0) return "";
  if (days === 1) return " tomorrow";
  if (days > 1 && days < 7) return ` on ${format(at, viewer, { weekday: "long" })}`;
  const sameYear = format(at, viewer, { year: "numeric" }) === format(now, viewer, { year: "numeric" });
  return ` on ${format(at, viewer, { month: "short", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) })}`;
}

/** "8:00 am", "8:00 am tomorrow", "8:00 am on Monday", "8:00 am on Dec 3". Both in epoch milliseconds. */
export function sayMoment(at: number, now: number, viewer: Viewer = {}): string {
  // Newer browsers put a narrow space between the time and "AM".
  const clock = format(at, viewer, { hour: "numeric", minute: "2-digit" }).replace(/\s+/g, " ").toLowerCase();
  return `${clock}${sayDay(at, now, viewer)}`;
}

/** A text with each ISO time in it ("2026-12-01T13:00:00.000Z") said as `sayMoment` does. */
export const sayMomentsIn = (text: string, now: number, viewer: Viewer = {}): string =>
  text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g, (iso) =>
    sayMoment(Date.parse(iso), now, viewer),
  );
