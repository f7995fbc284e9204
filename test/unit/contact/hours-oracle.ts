// Calling hours told a second time, straight from the rule file and Intl's own fields: what hours-at is held against.
import type { ContactHoursFile, ContactKind, WeekHours } from "../../../shared/contact-hours.schema.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

interface Clock {
  readonly weekday: string;
  readonly date: string;
  readonly time: string;
}

export function readClock(zone: string, at: number): Clock {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: (parts.weekday ?? "").replace(".", ""),
    date: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}

const within = (hours: WeekHours, { weekday, time }: Clock): boolean => {
  const text = weekday === "Sat" ? hours.saturday : weekday === "Sun" ? hours.sunday : hours.weekdays;
  if (text === "closed") return false;
  const [from = "", to = ""] = text.split("-");
  return from <= time && time < to;
};

export interface Candidates {
  readonly regions: readonly string[];
  readonly zones: readonly string[];
  /** Nothing is known of the number. */
  readonly unknown: boolean;
}

export function mayContact(
  file: ContactHoursFile,
  { regions, zones, unknown }: Candidates,
  kind: ContactKind,
  at: number,
): boolean {
  if (unknown && !within(file.unknown.hours, readClock(file.unknown.zone, at))) return false;
  return zones.every((zone) => {
    const clock = readClock(zone, at);
    const applying = (region: string) =>
      file.rules.filter(
        (rule) => rule.kinds.includes(kind) && (rule.region === region || rule.region === region.slice(0, 2)),
      );
    const ruleless = regions.length === 0 || regions.some((region) => applying(region).length === 0);
    return (
      (!ruleless || within(file.elsewhere.hours, clock)) &&
      regions
        .flatMap(applying)
        .every(({ since, hours }) => (since !== undefined && clock.date < since) || within(hours, clock))
    );
  });
}
