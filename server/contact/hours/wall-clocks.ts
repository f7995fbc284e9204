// What the clocks on the wall show, zone by zone, with all their jumps. Made once and handed to whoever asks about hours:
// Intl's formatters are dear to make, and a campaign asks about the same minute again and again.

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export interface WallClocks {
  /** Is this an IANA name at all? */
  knows(zone: string): boolean;
  /** Ms to add to an instant so that its UTC fields read as the wall clock of the zone. */
  offsetAt(zone: string, at: number): number;
  /** First instant after `from` at which the zone's offset is another one; `until` when there is none before. At most a day apart. */
  nextChange(zone: string, from: number, until: number): number;
}

/** Every change of clocks since the days of local mean time fell on a quarter of an hour. */
const STEP_MS = 15 * MINUTE_MS;
/** Steps remembered per zone: three weeks. */
const MOST_STEPS = 2_000;

interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

/** All but `knows` throw a RangeError for what is no IANA name. */
export function createWallClocks(): WallClocks {
  const zones = new Map<string, ZoneClock>();

  const clockOf = (zone: string): ZoneClock => {
    const known = zones.get(zone);
    if (known) return known;
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    const made = { format, offsets: new Map<number, number>() };
    zones.set(zone, made);
    return made;
  };

  const offsetAt = (zone: string, at: number): number => {
    const { format, offsets } = clockOf(zone);
    const step = Math.floor(at / STEP_MS);
    const known = offsets.get(step);
    if (known !== undefined) return known;
    if (offsets.size >= MOST_STEPS) offsets.clear();
    const offset = readOffset(format.format(step * STEP_MS));
    offsets.set(step, offset);
    return offset;
  };

  const nextChange = (zone: string, from: number, until: number): number => {
    const before = offsetAt(zone, from);
    if (offsetAt(zone, until) === before) return until;
    let [same, changed] = [Math.floor(from / STEP_MS), Math.floor(until / STEP_MS)];
    while (changed - same > 1) {
      const middle = Math.floor((same + changed) / 2);
      if (offsetAt(zone, middle * STEP_MS) === before) same = middle;
      else changed = middle;
    }
    return changed * STEP_MS;
  };

  const knows = (zone: string): boolean => {
    try {
      return clockOf(zone) !== undefined;
    } catch {
      return false;
    }
  };

  return { knows, offsetAt, nextChange };
}

/** "3/8/2026, GMT-05:00"; plain GMT has no digits. */
function readOffset(text: string): number {
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === "-" ? -minutes : minutes) * MINUTE_MS;
}
