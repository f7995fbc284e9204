// Reads a phone number as it is typed, for what a form says before it is saved. North American numbers are read exactly as
// the gateway will read them (server/base/phone-numbers.ts); of numbers from elsewhere only the gateway knows whether they
// are complete, and it says so at the save. The tables that know all countries would be a tenth of the console's script.
import type { SettingsView } from "../../../shared/console/settings.schema.ts";

/** What people write between digits; anything else is no number. */
const WRITTEN = /^\+?[\d\s()./\p{Pd}]+$/u;
const EXTENSION = /(?:;ext=|\s*(?:ext\.?|x)\s*)\d{1,7}$/i;
/** "+" or how one dials out of North America. */
const ABROAD = /^(?:\(?\+|011(?=[\s\d]))/;

/** E.164; null for what cannot be a complete number. @see isAbroad for which the gateway has the last word */
export function readPhone(text: string): string | null {
  const bare = text.normalize("NFKC").trim().replace(/^tel:/i, "").replace(EXTENSION, "");
  if (!WRITTEN.test(bare.replace(/^\(\+/, "+("))) return null;
  const outside = ABROAD.test(bare);
  const digits = (outside ? bare.replace(ABROAD, "").replace("(0)", "") : bare).replace(/\D/g, "");
  if (/^1\d{10}$/.test(digits)) return `+${digits}`;
  if (!outside) return /^\d{10}$/.test(digits) ? `+1${digits}` : null;
  return /^[2-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
}

/** Not a North American number: whether it is complete only the gateway knows. */
export const isAbroad = (e164: string): boolean => !e164.startsWith("+1");

/** The other agents of the brokerage who have this number too, by name. */
export function othersWith(
  settings: SettingsView,
  tenant: string,
  userId: string,
  e164: string,
): readonly string[] {
  const users = settings.tenants.find(({ domain_name }) => domain_name === tenant)?.users ?? [];
  return users
    .filter(
      (user) =>
        user.id !== userId &&
        [user.default_broker_phone, user.display_number].some(
          (text) => text !== "" && readPhone(text) === e164,
        ),
    )
    .map(({ id, name }) => name || id);
}
