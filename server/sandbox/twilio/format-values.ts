// How Twilio writes times and numbers. Used by everything that tells or answers something.

const pad = (value: number): string => String(value).padStart(2, "0");
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** RFC 2822 in UTC, e.g. `Tue, 31 Aug 2010 20:36:28 +0000`. */
export function rfc2822(at: number): string {
  const date = new Date(at);
  const day = `${DAYS[date.getUTCDay()]}, ${pad(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())} +0000`;
}

export const rfc2822OrNull = (at: number | null): string | null => (at === null ? null : rfc2822(at));

/** `(416) 555-0180` for North American numbers, the number itself for others. */
export function formatNumber(number: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

/** E.164 of a number as Twilio reads it: with `+`, or ten North American digits; undefined when it is none. */
export function readNumber(text: string): string | undefined {
  const digits = text.replace(/[\s().-]/g, "");
  const number = /^\d{10}$/.test(digits) ? `+1${digits}` : /^1\d{10}$/.test(digits) ? `+${digits}` : digits;
  if (/^\+1/.test(number)) return /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(number) ? number : undefined;
  return /^\+[2-9]\d{6,14}$/.test(number) ? number : undefined;
}
