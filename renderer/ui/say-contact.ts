// Shows a number as people write it: as at home where the viewer is in its country, else internationally.
import { PHONE_FORMS, type PhoneRow } from "./phone-forms.ts";
import { regionOf, type Viewer } from "./viewer.ts";

/** Everywhere else the country is three digits long (ITU-T E.164). */
const SHORT_CODES = /^(?:7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
/** Countries that share +1 and how numbers are written. */
const NORTH_AMERICA = new Set(
  "US CA AG AI AS BB BM BS DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI".split(" "),
);

/** "+14165550111" → "(416) 555-0111", seen from elsewhere "+1 416 555 0111"; what is no number is given back as it is. */
export function sayContact(contact: string, viewer: Viewer = {}): string {
  const [, north, office, line] = /^\+1([2-9]\d{2})(\d{3})(\d{4})$/.exec(contact) ?? [];
  const region = regionOf(viewer);
  if (north !== undefined)
    return NORTH_AMERICA.has(region) ? `(${north}) ${office}-${line}` : `+1 ${north} ${office} ${line}`;
  if (!/^\+[2-9]\d{6,14}$/.test(contact)) return contact;
  return sayForeign(contact.slice(1), region);
}

function sayForeign(digits: string, region: string): string {
  const known = Object.entries(PHONE_FORMS).find(([, { code }]) => digits.startsWith(code));
  const code = known?.[1].code ?? SHORT_CODES.exec(digits)?.[0] ?? digits.slice(0, 3);
  const number = digits.slice(code.length);
  const row = known?.[1].rows.find(([leading, pattern]) => matches(number, leading, pattern));
  if (row === undefined) return `+${code} ${number}`;
  const [, pattern, abroad, home = abroad] = row;
  const write = (form: string): string => number.replace(new RegExp(`^(?:${pattern})$`), form);
  return known?.[0] === region ? write(home) : `+${code} ${write(abroad)}`;
}

const matches = (number: string, leading: PhoneRow[0], pattern: PhoneRow[1]): boolean =>
  new RegExp(`^(?:${leading})`).test(number) && new RegExp(`^(?:${pattern})$`).test(number);

/** The name to use in "Call …": the first word, or the whole name where that is a title or an initial. */
export function firstName(name: string): string {
  const whole = name.trim();
  const first = whole.split(/\s+/u)[0] ?? "";
  if (whole === "") return "this person";
  return first.endsWith(".") || [...first].length < 2 ? whole : first;
}
