// The next moment within hours of the day, in time zones that jump.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextWithinHours } from "../../../server/campaigns/within-hours.ts";

const MINUTE = 60_000;
const ZONES = [
  "America/Toronto",
  "America/St_Johns",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Africa/Casablanca",
  "Antarctica/Troll",
  "Asia/Kathmandu",
  "Pacific/Chatham",
  "UTC",
];

const wallMinute = (zone: string) => {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (at: number): number => {
    const text = format.format(at);
    return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  };
};
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const utc = (text: string): number => Date.parse(text);

/** Looked up minute by minute. */
function slowly(at: number, from: number, to: number, zone: string): number {
  const minuteOf = wallMinute(zone);
  const isIn = (moment: number): boolean => minuteOf(moment) >= from && minuteOf(moment) < to;
  if (isIn(at)) return at;
  let moment = Math.floor(at / MINUTE) * MINUTE + MINUTE;
  while (!isIn(moment)) moment += MINUTE;
  return moment;
}

/** Days on which some of the zones jump, and any others. */
const moments = fc.oneof(
  fc
    .constantFrom("2026-03-08", "2026-11-01", "2026-03-29", "2026-10-25", "2026-04-04", "2026-10-03")
    .chain((day) =>
      fc.integer({ min: -1_440, max: 1_440 }).map((minutes) => utc(`${day}T12:00Z`) + minutes * MINUTE),
    ),
  fc.integer({ min: utc("2026-01-01T00:00Z"), max: utc("2028-01-01T00:00Z") }),
);
const spans = fc
  .tuple(fc.integer({ min: 0, max: 1_438 }), fc.integer({ min: 1, max: 1_439 }))
  .map(([from, length]) => ({ from, to: Math.min(1_439, from + length) }));

describe("the next moment within hours", () => {
  test("is the very first minute that lies within them, over every jump of the clock", () => {
    fc.assert(
      fc.property(moments, spans, fc.constantFrom(...ZONES), (at, { from, to }, timezone) => {
        const found = nextWithinHours(at, { from: clock(from), to: clock(to), timezone });
        expect(new Date(found).toISOString()).toBe(new Date(slowly(at, from, to, timezone)).toISOString());
      }),
      { numRuns: 150 },
    );
  });

  test("on the morning the clock goes forward nobody is tried an hour late", () => {
    const hours = { from: "09:00", to: "17:00", timezone: "America/Toronto" };
    expect(nextWithinHours(utc("2026-03-08T05:30Z"), hours)).toBe(utc("2026-03-08T13:00Z"));
    expect(nextWithinHours(utc("2026-11-01T04:30Z"), hours)).toBe(utc("2026-11-01T14:00Z"));
  });

  test("hours that do not exist on the day of a jump are those of the day after", () => {
    const hours = { from: "02:10", to: "02:50", timezone: "America/Toronto" };
    expect(nextWithinHours(utc("2026-03-08T06:00Z"), hours)).toBe(utc("2026-03-09T06:10Z"));
  });

  test("within them, and without any, it is the moment itself", () => {
    const hours = { from: "09:00", to: "17:00", timezone: "America/Toronto" };
    expect(nextWithinHours(1_780_000_000_123, undefined)).toBe(1_780_000_000_123);
    const noon = utc("2026-07-01T16:00Z") + 123;
    expect(nextWithinHours(noon, hours)).toBe(noon);
    expect(nextWithinHours(utc("2026-07-01T21:00Z"), hours)).toBe(utc("2026-07-02T13:00Z"));
  });
});
