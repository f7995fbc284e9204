// Which time zones a state, province or country has, by the numbers that are given out there. Called where the CRM says
// where a person lives.
import { AREA_CODES, CALLING_CODES, type Region } from "./number-tables.ts";

const ZONES: ReadonlyMap<Region, readonly string[]> = gather();

/** Empty for what is not known, and for "US" and "CA" alone, which say nothing about the time. */
export const zonesOfRegion = (region: Region): readonly string[] => ZONES.get(region) ?? [];

function gather(): ReadonlyMap<Region, readonly string[]> {
  const found = new Map<Region, readonly string[]>();
  // A code shared by several (Nova Scotia and Prince Edward Island) counts for each of them.
  for (const { regions, zones } of [...AREA_CODES.values(), ...CALLING_CODES.values()])
    for (const region of regions) found.set(region, [...new Set([...(found.get(region) ?? []), ...zones])]);
  return found;
}
