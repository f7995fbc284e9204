// What a simulated outreach comes to: the last two digits of the number decide (design section 3), so that every
// outcome can be produced on purpose. For e-mail, `bounce@…` fails.
import type { Channel, Outcome } from "../../../shared/values.ts";

export type SimulatedResult = { readonly outcome: Outcome; readonly failsFirst: boolean };

const BY_LAST_DIGITS: Readonly<Record<string, Outcome>> = {
  "01": "no_answer",
  "02": "busy",
  "03": "voicemail",
  "04": "invalid_phone",
  "05": "not_interested",
};

export function decideResult(channel: Channel, contact: string): SimulatedResult {
  if (contact.includes("@")) {
    const bounces = contact.toLowerCase().startsWith("bounce@");
    return {
      outcome: bounces ? "failed" : channel === "email" ? "delivered" : "connected",
      failsFirst: false,
    };
  }
  const last = contact.replace(/\D/g, "").slice(-2);
  return { outcome: BY_LAST_DIGITS[last] ?? "connected", failsFirst: last === "06" };
}
