// What a leg that failed means: a number that cannot be dialled, nobody there, a busy line, or something that says nothing of
// the contact. Pure; part of decide-call.ts. Facts: telephony 1.1.
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { ChannelOrder } from "../channel.ts";
import { BUSY, type CallVerdict, end, goingOn, NO_ANSWER } from "./call-verdict.ts";
import type { Leg } from "./read-leg.ts";
import { twilioCode } from "./twilio-codes.ts";

/** SIP answers that say that there is no such number, nobody there, or somebody on the line (RFC 3261, 21.4). */
const SIP: ReadonlyMap<number, "invalid" | "nobody" | "busy"> = new Map([
  [404, "invalid"],
  [484, "invalid"],
  [604, "invalid"],
  [408, "nobody"],
  [480, "nobody"],
  [487, "nobody"],
  [486, "busy"],
  [600, "busy"],
]);
/** Twilio's "cannot be dialled", which it says of a carrier's outage too (error dictionary, 13224). */
const PERHAPS_INVALID = 13224;

/** `recordsRead`: Twilio's records have nothing more to say of it. */
export function decideFailure(
  leg: Leg,
  order: Pick<ChannelOrder, "contact" | "attempt">,
  recordsRead: boolean,
): CallVerdict {
  const sip = leg.sip === null ? undefined : SIP.get(leg.sip);
  if (sip === "busy") return BUSY;
  if (sip === "nobody") return NO_ANSWER;
  const bad = leg.codes.filter((code) => twilioCode(code)?.means === "bad_number");
  const sure = bad.some(
    (code) => code !== PERHAPS_INVALID || order.attempt > 1 || !looksValid(order.contact),
  );
  if (sip === "invalid" || sure)
    return end("completed", "invalid_phone", "number_invalid", "The number cannot be dialled.");
  if (!recordsRead) return goingOn(true);
  const told = leg.codes.map(twilioCode).find((code) => code && code.means !== "bad_number");
  const sentence = told?.sentence ?? "The call could not be put through. Try again later.";
  return end("failed", "failed", "call_failed", sentence);
}

const looksValid = (e164: string): boolean => parsePhoneNumberFromString(e164)?.isValid() === true;
