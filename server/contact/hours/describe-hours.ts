// The words for why somebody may be contacted now, or may not. Pure. Shown to agents, and kept in the ledger.
import type { ContactKind } from "../../../shared/contact-hours.schema.ts";
import type { Window } from "./hours-rules.ts";
import { wallTime, windowNow, type ZoneRule } from "./next-opening.ts";
import type { WallClocks } from "./wall-clocks.ts";

interface Moment {
  readonly clocks: WallClocks;
  readonly kind: ContactKind;
  readonly at: number;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MOST_ZONES = 3;

/** "2:05 pm in America/New_York; calls are allowed 8 am-8 pm (Florida)". */
export function describeOpen(moment: Moment, pairs: readonly ZoneRule[]): string {
  const length = (pair: ZoneRule): number => {
    const window = windowNow(moment.clocks, pair, moment.at);
    return window ? window.to - window.from : 0;
  };
  const narrowest = pairs.toSorted((left, right) => length(left) - length(right))[0];
  return narrowest === undefined ? "" : `${times(moment, pairs)}; ${allowed(moment, narrowest)}`;
}

/** "10:14 pm in America/New_York; calls are allowed 8 am-9 pm (US federal)". */
export const describeClosed = (moment: Moment, pairs: readonly ZoneRule[], deciding: ZoneRule): string =>
  `${times(moment, pairs, deciding.zone)}; ${allowed(moment, deciding)}`;

export const describeNever = (moment: Moment, pairs: readonly ZoneRule[], strictest: ZoneRule): string =>
  `${times(moment, pairs, strictest.zone)}; no time of the week is allowed in all of these places at once (strictest: ${strictest.rule.name})`;

/** Zones in which it is the same time are told by the first of them. */
function times({ clocks, at }: Moment, pairs: readonly ZoneRule[], first?: string): string {
  const zones = [...new Set([...(first === undefined ? [] : [first]), ...pairs.map(({ zone }) => zone)])];
  const byTime = new Map<string, string>();
  for (const zone of zones) {
    const { day, minute } = wallTime(clocks, zone, at);
    const key = `${day} ${minute}`;
    if (!byTime.has(key)) byTime.set(key, `${clockText(minute)} in ${zone}`);
  }
  const texts = [...byTime.values()];
  const more = texts.length - MOST_ZONES;
  if (more <= 1) return texts.join(", ");
  return `${texts.slice(0, MOST_ZONES).join(", ")} and other times in ${more} more zones`;
}

function allowed({ clocks, kind, at }: Moment, pair: ZoneRule): string {
  const { day } = wallTime(clocks, pair.zone, at);
  const window = pair.rule.windowOn(day);
  const weekday = (day + 4) % 7;
  const name = DAYS[weekday] ?? "";
  if (window === null) return `${kind} are not allowed on ${name} (${pair.rule.name})`;
  // The Wednesday of the same week stands for its weekdays.
  const usual = pair.rule.windowOn(day - weekday + 3);
  const onDay = usual?.from === window.from && usual.to === window.to ? "" : ` on ${name}`;
  return `${kind} are allowed ${windowText(window)}${onDay} (${pair.rule.name})`;
}

const windowText = ({ from, to }: Window): string => `${clockText(from)}-${clockText(to)}`;

/** Minute of the day as "8 am", "9:30 pm", "noon", "midnight". */
export function clockText(minute: number): string {
  if (minute === 720) return "noon";
  if (minute % 1_440 === 0) return "midnight";
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  const minutes = rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? "am" : "pm"}`;
}
