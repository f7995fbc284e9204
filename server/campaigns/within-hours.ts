// The next moment within a span of hours of the day, in a time zone with all its jumps. Pure.
import type { Retry } from "../../shared/campaign.schema.ts";

type Hours = NonNullable<Retry["hours"]>;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** `at` itself when it lies within the hours, else the next minute that does. Epoch ms. */
export function nextWithinHours(at: number, hours: Hours | undefined): number {
  if (hours === undefined) return at;
  const minuteOfDay = clockOf(hours.timezone);
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  let moment = at;
  // A day with a jump is met again after the jump: three looks settle any.
  for (let look = 0; look < 4; look++) {
    const minute = minuteOfDay(moment);
    if (minute >= from && minute < to) return moment;
    const wait = minute < from ? from - minute : DAY_MINUTES - minute + from;
    moment = Math.floor(moment / MINUTE_MS) * MINUTE_MS + wait * MINUTE_MS;
  }
  return moment;
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function clockOf(timezone: string | undefined): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timezone === undefined ? {} : { timeZone: timezone }),
  });
  return (at) => minutesOf(format.format(at));
}
