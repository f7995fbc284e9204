// Filters of lists by time: a day (`2026-05-04`) or an instant, before, on, or from then on. Used by the lists.
import type { Fields } from "../twilio-state.ts";
import { textField } from "./check-parameters.ts";

const DAY = 86_400_000;

/**
 * `name`, `name<` and `name>` as Twilio has them: on that day, before it, on or after it. What has no time yet is in none of
 * them. undefined when a value is no time.
 */
export function timeFilter(fields: Fields, name: string): ((at: number | null) => boolean) | undefined {
  const on = readTime(textField(fields, name));
  const before = readTime(textField(fields, `${name}<`));
  const after = readTime(textField(fields, `${name}>`));
  if (on === null || before === null || after === null) return undefined;
  if (on === undefined && before === undefined && after === undefined) return () => true;
  return (at) => {
    if (at === null) return false;
    // Twilio's times are whole seconds.
    const second = Math.floor(at / 1_000) * 1_000;
    return (
      (on === undefined || (second >= startOfDay(on) && second < startOfDay(on) + DAY)) &&
      (before === undefined || second < before) &&
      (after === undefined || second >= after)
    );
  };
}

const startOfDay = (at: number): number => Math.floor(at / DAY) * DAY;

/** undefined when not given, null when it is no time. A text without a zone is UTC. */
function readTime(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  const plain = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text);
  const at = Date.parse(plain ? `${text.replace(" ", "T")}Z` : text);
  return Number.isNaN(at) ? null : Math.floor(at / 1_000) * 1_000;
}
