// The next moment within a span of hours of the day, in a time zone with all its jumps. Pure.
import type { Retry } from "../../shared/campaign.schema.ts";

type Hours = NonNullable<Retry["hours"]>;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Clocks jump by two hours at most: from here on every minute is looked at. */
const NEAR_MINUTES = 130;
/** Hours that fall into a jump do not exist on its day; the day after they do. */
const MOST_LOOKS = 3 * NEAR_MINUTES;

/** `at` itself when it lies within the hours, else the first minute that does. Epoch ms. */
export function nextWithinHours(at: number, hours: Hours | undefined): number {
  if (hours === undefined) return at;
  const minuteOfDay = clockOf(hours.timezone);
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  let moment = at;
  for (let look = 0; look < MOST_LOOKS; look++) {
    const minute = minuteOfDay(moment);
    if (minute >= from && minute < to) return moment;
    const wait = minute < from ? from - minute : DAY_MINUTES - minute + from;
    moment = (Math.floor(moment / MINUTE_MS) + Math.max(1, wait - NEAR_MINUTES)) * MINUTE_MS;
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
