// In whose time a moment is said about somebody: theirs by their number, else the brokerage's by its own, else UTC. Pure.
import { zonesOf } from "./number-place.ts";

/** The first zone of the first number (E.164) that has any. E-mail addresses and nulls have none. */
export function zoneToSay(...contacts: readonly (string | null)[]): string {
  const zones = contacts.flatMap((contact) => (contact === null ? [] : zonesOf(contact)));
  return zones[0] ?? "UTC";
}
