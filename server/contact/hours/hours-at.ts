// May somebody be called or texted now, and if not, when? Every time zone and every region a number may stand for must
// allow it, and the person's own where they are known: those are added, never put in the place of the number's. Pure.
// Called by check-contact, and by whoever offers the next allowed time.
import type { ContactKind } from "../../../shared/contact-hours.schema.ts";
import { numberPlace } from "../zones/number-place.ts";
import type { Region } from "../zones/number-tables.ts";
import { zonesOfRegion } from "../zones/zones-of-region.ts";
import { describeClosed, describeNever, describeOpen } from "./describe-hours.ts";
import { type HoursRules, rulesOf } from "./hours-rules.ts";
import { isOpen, nextOpening, wallTime, type ZoneRule } from "./next-opening.ts";
import { DAY_MS, MINUTE_MS, type WallClocks } from "./wall-clocks.ts";

export interface HoursQuestion {
  readonly rules: HoursRules;
  readonly clocks: WallClocks;
  /** E.164. */
  readonly contact: string;
  readonly kind: ContactKind;
  /** Epoch ms. */
  readonly at: number;
  /** Of the person, where known: "US-FL", "CA-ON", "GB". */
  readonly regions?: readonly Region[] | undefined;
  /** Of the person, where known. */
  readonly zones?: readonly string[] | undefined;
}

export type HoursVerdict =
  | { readonly open: true; readonly detail: string }
  /** `until` is the first instant at which all allow it; where `never`, only when it is worth looking again. */
  | { readonly open: false; readonly until: number; readonly detail: string; readonly never: boolean };

/** Rules that leave no common time within these days leave none at all. */
const MOST_DAYS = 8;

/** `detail` names the zones with the time there and the rule that decided, ready to be shown. */
export function hoursAt(question: HoursQuestion): HoursVerdict {
  const { clocks, at } = question;
  const pairs = zoneRules(question);
  const closed = pairs.filter((pair) => !isOpen(clocks, pair, at));
  if (closed.length === 0) return { open: true, detail: describeOpen(question, pairs) };
  const until = commonOpening(clocks, pairs, at);
  if (until !== null)
    return {
      open: false,
      until,
      detail: describeClosed(question, pairs, latest(question, closed)),
      never: false,
    };
  const strictest = closed.concat(pairs).reduce((best, pair) => (stricter(pair, best) ? pair : best));
  return {
    open: false,
    until: nextWindow(clocks, strictest, at),
    detail: describeNever(question, pairs, strictest),
    never: true,
  };
}

const stricter = (left: ZoneRule, right: ZoneRule): boolean => left.rule.weekMinutes < right.rule.weekMinutes;

/** What has to allow it: each rule in each zone. */
function zoneRules({ rules, clocks, contact, kind, ...person }: HoursQuestion): ZoneRule[] {
  const number = numberPlace(contact);
  const regions = [...new Set([...number.regions, ...(person.regions ?? [])])];
  // What a CRM keeps as somebody's zone may be anything; the number's own still hold.
  const own = [
    ...(person.zones ?? []).filter(clocks.knows),
    ...(person.regions ?? []).flatMap(zonesOfRegion),
  ];
  const zones = [...new Set([...number.zones, ...own])];
  const ofRegions = regions.map((region) => rulesOf(rules, region, kind));
  const none = regions.length === 0 || ofRegions.some((found) => found.length === 0);
  const holding = [...new Set([...ofRegions.flat(), ...(none ? [rules.elsewhere] : [])])];
  const pairs = zones.flatMap((zone) => holding.map((rule) => ({ zone, rule })));
  return number.zones.length > 0 ? pairs : [...pairs, { zone: rules.unknown.zone, rule: rules.unknown }];
}

/** The first instant from `at` on at which all are open: whoever opens last moves it on, until nobody does. */
function commonOpening(clocks: WallClocks, pairs: readonly ZoneRule[], at: number): number | null {
  const limit = at + MOST_DAYS * DAY_MS;
  for (let moment = at; ; ) {
    const before = moment;
    for (const pair of pairs) {
      const opening = nextOpening(clocks, pair, moment, limit);
      if (opening === null) return null;
      moment = opening;
    }
    if (moment === before) return moment;
  }
}

/** The closed one that opens last; of several, the strictest, which says most. */
function latest({ clocks, at }: HoursQuestion, closed: readonly ZoneRule[]): ZoneRule {
  const limit = at + MOST_DAYS * DAY_MS;
  const opens = (pair: ZoneRule): number => nextOpening(clocks, pair, at, limit) ?? limit;
  const later = (pair: ZoneRule, last: ZoneRule): boolean => {
    const difference = opens(pair) - opens(last);
    return difference > 0 || (difference === 0 && stricter(pair, last));
  };
  return closed.reduce((last, pair) => (later(pair, last) ? pair : last));
}

/** Where a rule's next day of the calendar brings its next window; after a week without one, then. */
function nextWindow(clocks: WallClocks, pair: ZoneRule, at: number): number {
  const minutesLeft = DAY_MS / MINUTE_MS - wallTime(clocks, pair.zone, at).minute;
  const limit = at + MOST_DAYS * DAY_MS;
  const from = isOpen(clocks, pair, at) ? at + minutesLeft * MINUTE_MS : at;
  return nextOpening(clocks, pair, from, limit) ?? limit;
}
