// The times people and their programs write: ISO 8601, or a plain date and time, which is the gateway's own local time. Pure.
import { fieldError } from "./parse.ts";

const PLAIN = /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?$/;
const ZONED = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Epoch ms; undefined for no text. @throws GatewayError invalid_request naming scheduled_time. */
export function parseWrittenTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const zoned = ZONED.exec(text);
  if (zoned) {
    const [, year, month, day] = zoned;
    // Of its calendar day alone: the reader of dates makes 1 July of 31 June.
    local(year, month, day, 12, "0", "0");
    return valid(Date.parse(text));
  }
  const plain = PLAIN.exec(text);
  if (plain) return local(plain[1], plain[2], plain[3], Number(plain[4]), plain[5], plain[6]);
  const american = AMERICAN.exec(text);
  if (!american) return invalid();
  const [, month, day, year, hour, minute, second, half] = american;
  return local(year, month, day, hourOf(Number(hour), half), minute, second);
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return invalid();
  return (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}

type Part = string | undefined;

function local(year: Part, month: Part, day: Part, hour: number, minute: Part, second: Part): number {
  const date = new Date(
    Number(year),
    Number(month) - 1,
    Number(day),
    hour,
    Number(minute),
    Number(second ?? 0),
  );
  // A 31 June becomes 1 July: not what was meant.
  const same =
    date.getMonth() === Number(month) - 1 &&
    date.getDate() === Number(day) &&
    hour < 24 &&
    Number(minute) < 60 &&
    Number(second ?? 0) < 60;
  return same ? valid(date.getTime()) : invalid();
}

const valid = (at: number): number => (Number.isFinite(at) ? at : invalid());

function invalid(): never {
  throw fieldError("scheduled_time", "must be a date and time like 2026-05-31T14:30:00-04:00");
}
