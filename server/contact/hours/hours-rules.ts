// A rule file made ready: windows as minutes of the day, and which rules hold for a region and a kind of contact. Pure.
import type { ContactHoursFile, ContactKind, WeekHours } from "../../../shared/contact-hours.schema.ts";
import type { Region } from "../zones/number-tables.ts";
import { DAY_MS } from "./wall-clocks.ts";

/** Minutes of the day: from the first to before the second. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface HoursRule {
  readonly name: string;
  /** What the clock must show on a day, counted in days since 1970-01-01; null when the whole day is closed. */
  windowOn(day: number): Window | null;
  /** Minutes open in a week, to tell the strictest. */
  readonly weekMinutes: number;
}

interface RegionRule extends HoursRule {
  readonly region: Region;
  readonly kinds: readonly ContactKind[];
  readonly mostPerDay: Partial<Readonly<Record<ContactKind, number>>>;
}

export interface HoursRules {
  readonly rules: readonly RegionRule[];
  readonly elsewhere: HoursRule;
  readonly unknown: HoursRule & { readonly zone: string };
}

const WHOLE_DAY: Window = { from: 0, to: 1_440 };

export function readyHours(file: ContactHoursFile): HoursRules {
  const { unknown, elsewhere } = file;
  return {
    rules: file.rules.map((rule) => ({
      ...readyRule(rule.name, rule.hours, rule.since),
      region: rule.region,
      kinds: rule.kinds,
      mostPerDay: {
        ...(rule.max_per_day?.calls === undefined ? {} : { calls: rule.max_per_day.calls }),
        ...(rule.max_per_day?.texts === undefined ? {} : { texts: rule.max_per_day.texts }),
      },
    })),
    elsewhere: readyRule(elsewhere.name, elsewhere.hours),
    unknown: { ...readyRule(unknown.name, unknown.hours), zone: unknown.zone },
  };
}

function readyRule(name: string, hours: WeekHours, since?: string): HoursRule {
  const week = [hours.sunday, ...Array<string>(5).fill(hours.weekdays), hours.saturday].map(readWindow);
  const firstDay = since === undefined ? Number.NEGATIVE_INFINITY : Math.round(Date.parse(since) / DAY_MS);
  return {
    name,
    // 1970-01-01 was a Thursday.
    windowOn: (day) => (day < firstDay ? WHOLE_DAY : (week[(((day + 4) % 7) + 7) % 7] ?? null)),
    weekMinutes: week.reduce((sum, window) => sum + (window ? window.to - window.from : 0), 0),
  };
}

function readWindow(text: string): Window | null {
  if (text === "closed") return null;
  return { from: minuteOf(text.slice(0, 5)), to: minuteOf(text.slice(6)) };
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** The rules of the place itself and of what it lies in: Florida's and the federal ones. */
export const rulesOf = ({ rules }: HoursRules, region: Region, kind: ContactKind): readonly RegionRule[] =>
  rules.filter(
    (rule) => rule.kinds.includes(kind) && (rule.region === region || region.startsWith(`${rule.region}-`)),
  );

export interface DailyLimit {
  readonly most: number;
  /** Name of the rule that says so. */
  readonly rule: string;
}

/** The smallest number of contacts in 24 hours that any of the regions' rules allows. */
export function dailyLimit(
  rules: HoursRules,
  regions: readonly Region[],
  kind: ContactKind,
): DailyLimit | undefined {
  const limits = regions
    .flatMap((region) => rulesOf(rules, region, kind))
    .flatMap(({ name, mostPerDay }) => {
      const most = mostPerDay[kind];
      return most === undefined ? [] : [{ most, rule: name }];
    });
  return limits.toSorted((left, right) => left.most - right.most)[0];
}
