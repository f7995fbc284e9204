// Where a phone number may be: every time zone and every state, province or country it can stand for. Numbers are kept
// when people move, so this is what the number says, never where somebody surely is. Called by the hours.
import { AREA_CODES, CALLING_CODES, type CodeEntry, type Region } from "./number-tables.ts";

export interface NumberPlace {
  /** IANA names; empty when nothing is known: toll-free, not geographic, or newer than the tables. */
  readonly zones: readonly string[];
  readonly regions: readonly Region[];
}

const NOWHERE: NumberPlace = { zones: [], regions: [] };
const E164 = /^\+\d{5,15}$/;
const NORTH_AMERICAN_DIGITS = 11;

/** Of a number in E.164; nothing is known of anything else. */
export function numberPlace(e164: string): NumberPlace {
  if (!E164.test(e164)) return NOWHERE;
  const digits = e164.slice(1);
  return digits.startsWith("1") ? inNorthAmerica(digits) : elsewhere(digits);
}

export const zonesOf = (e164: string): readonly string[] => numberPlace(e164).zones;

export const regionsOf = (e164: string): readonly Region[] => numberPlace(e164).regions;

function inNorthAmerica(digits: string): NumberPlace {
  if (digits.length !== NORTH_AMERICAN_DIGITS) return NOWHERE;
  const entry = AREA_CODES.get(digits.slice(1, 4));
  return entry === undefined ? NOWHERE : placeIn(entry, digits.slice(4));
}

function elsewhere(digits: string): NumberPlace {
  for (let length = 3; length > 0; length--) {
    const entry = CALLING_CODES.get(digits.slice(0, length));
    if (entry !== undefined) return placeIn(entry, digits.slice(length));
  }
  return NOWHERE;
}

function placeIn(entry: CodeEntry, rest: string): NumberPlace {
  for (let length = entry.longest; length > 0; length--) {
    const zones = entry.prefixes.get(rest.slice(0, length));
    if (zones !== undefined) return { zones, regions: entry.regions };
  }
  return entry;
}
