// Phone numbers in one form (E.164) so that two spellings of one number are one number.
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** Where a number without a country code is read as; both countries of the product share +1. */
export const DEFAULT_REGION: CountryCode = "US";

const NORTH_AMERICAN = /^\+1[2-9]\d{9}$/;

/** E.164 of a number as people type it, or undefined when it cannot be a complete number. */
export function toE164(
  text: string | null | undefined,
  region: CountryCode = DEFAULT_REGION,
): string | undefined {
  if (!text) return undefined;
  // Already in the form asked for: reading it again would cost a hundred times the comparison.
  if (NORTH_AMERICAN.test(text)) return text;
  const parsed = parsePhoneNumberFromString(text, region);
  return parsed?.isPossible() ? parsed.number : undefined;
}

/**
 * As people here write it: "(416) 555-0111", and "+44 20 7946 0958" for one of another country, which without its code would be
 * another number. The text itself when it is not a number.
 */
export function nationalForm(e164: string): string {
  const parsed = parsePhoneNumberFromString(e164, DEFAULT_REGION);
  return (
    (parsed?.countryCallingCode === "1" ? parsed.formatNational() : parsed?.formatInternational()) ?? e164
  );
}

/** Same number in two spellings? Compares E.164 forms and nothing looser. */
export function samePhone(left: string | null | undefined, right: string | null | undefined): boolean {
  const a = toE164(left);
  const b = toE164(right);
  if (a === undefined || b === undefined) return false;
  return a === b;
}

/** The ten digits FUB's `phone` filter is given first (FUB reference, people: `normalized`). */
export function nationalDigits(e164: string): string {
  return parsePhoneNumberFromString(e164, DEFAULT_REGION)?.nationalNumber ?? e164.replace(/\D/g, "");
}
