// When one rule in one zone next allows it: stepping from one change of the clocks to the next, and to the edges of windows
// in between, so that skipped and doubled hours are as the wall clock there shows them. Pure.
import type { HoursRule, Window } from "./hours-rules.ts";
import { DAY_MS, MINUTE_MS, type WallClocks } from "./wall-clocks.ts";

export interface ZoneRule {
  readonly zone: string;
  readonly rule: HoursRule;
}

/** `at` itself when it is allowed then, else the first instant after it that is; null when there is none before `limit`. */
export function nextOpening(
  clocks: WallClocks,
  { zone, rule }: ZoneRule,
  at: number,
  limit: number,
): number | null {
  for (let from = at; from < limit; ) {
    const offset = clocks.offsetAt(zone, from);
    const end = clocks.nextChange(zone, from, Math.min(from + DAY_MS, limit));
    const opening = openingBetween(rule, from + offset, end + offset);
    if (opening !== null) return opening - offset;
    from = end;
  }
  return null;
}

export const isOpen = (clocks: WallClocks, pair: ZoneRule, at: number): boolean =>
  nextOpening(clocks, pair, at, at + 1) !== null;

/** By the wall clock, while it runs on undisturbed from `from` to before `end`. */
function openingBetween(rule: HoursRule, from: number, end: number): number | null {
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS < end; day++) {
    const window = rule.windowOn(day);
    const start = Math.max(from, instantOf(day, window?.from ?? 0));
    if (window && start < end && start < instantOf(day, window.to)) return start;
  }
  return null;
}

const instantOf = (day: number, minute: number): number => day * DAY_MS + minute * MINUTE_MS;

/** The wall clock of a zone: day since 1970-01-01 and minute of the day. */
export function wallTime(clocks: WallClocks, zone: string, at: number): { day: number; minute: number } {
  const local = at + clocks.offsetAt(zone, at);
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** The rule's window of the day it is there. */
export const windowNow = (clocks: WallClocks, { zone, rule }: ZoneRule, at: number): Window | null =>
  rule.windowOn(wallTime(clocks, zone, at).day);
