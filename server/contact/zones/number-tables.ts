// The tables of phone number prefixes as look-ups: the made ones (server/contact/data) with what is kept by hand over them.
// Read by number-place and zones-of-region.
import areaCodes from "../data/area-codes.json" with { type: "json" };
import byHand from "../data/by-hand.json" with { type: "json" };
import callingCodes from "../data/calling-codes.json" with { type: "json" };

/** ISO 3166-2 for states, provinces and US territories ("US-FL", "CA-ON", "US-PR"), ISO 3166-1 elsewhere ("GB", "JM"). */
export type Region = string;

export interface CodeEntry {
  readonly regions: readonly Region[];
  /** Every zone its numbers may be in, the likeliest first. */
  readonly zones: readonly string[];
  /** Digits after the code → the zones of just those numbers. */
  readonly prefixes: ReadonlyMap<string, readonly string[]>;
  /** Length of the longest key of `prefixes`. */
  readonly longest: number;
}

/** An entry as the files have it; by hand, only what is to be changed. */
interface RawEntry {
  readonly regions?: readonly string[];
  readonly country?: string;
  readonly zones?: readonly string[];
  readonly prefixes?: Readonly<Record<string, string>>;
}
type RawTable = Readonly<Record<string, RawEntry>>;

/** Area code within +1 → what is known of its numbers. Toll-free and personal codes are not there. */
export const AREA_CODES: ReadonlyMap<string, CodeEntry> = merge(areaCodes.area_codes, byHand.area_codes);

/** Calling code other than 1, or a longer beginning that is another country's → what is known of its numbers. */
export const CALLING_CODES: ReadonlyMap<string, CodeEntry> = merge(
  callingCodes.calling_codes,
  byHand.calling_codes,
);

function merge(made: RawTable, hand: RawTable): ReadonlyMap<string, CodeEntry> {
  const codes = new Set([...Object.keys(made), ...Object.keys(hand)]);
  return new Map([...codes].map((code) => [code, entryOf(made[code] ?? {}, hand[code] ?? {})]));
}

function entryOf(made: RawEntry, hand: RawEntry): CodeEntry {
  const prefixes = new Map([...prefixesOf(made), ...prefixesOf(hand)]);
  const country = hand.country ?? made.country;
  return {
    regions: hand.regions ?? made.regions ?? (country === undefined ? [] : [country]),
    zones: hand.zones ?? made.zones ?? [],
    prefixes,
    longest: Math.max(0, ...[...prefixes.keys()].map((digits) => digits.length)),
  };
}

/** In the files: zones, separated by blanks → digits, separated by blanks. */
function prefixesOf({ prefixes = {} }: RawEntry): [string, readonly string[]][] {
  return Object.entries(prefixes).flatMap(([zones, digits]) =>
    digits.split(" ").map((prefix): [string, readonly string[]] => [prefix, zones.split(" ")]),
  );
}
