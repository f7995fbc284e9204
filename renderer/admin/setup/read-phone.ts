// Reads a phone number as the gateway will (server/base/phone-numbers.ts): any spelling in, E.164 out.
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";

/** Where a number without a country code is read as; the gateway's own default. */
const REGION = "US";

/** E.164, or null when it cannot be a complete number. */
export function readPhone(text: string): string | null {
  const parsed = parsePhoneNumberFromString(text, REGION);
  return parsed?.isPossible() ? parsed.number : null;
}

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
