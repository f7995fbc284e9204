// Whether Twilio has answered an opt-out (or opt-in, or help) keyword itself, so that the gateway must not answer it again.
// Facts: telephony 2.1.

/** Twilio's own keywords on numbers: answered and, for stop words, blocked per sender without anybody's doing. */
const KEYWORDS = new Set([
  ...["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"],
  ...["start", "unstop", "yes"],
]);

/**
 * True: Twilio confirmed it. A keyword counts alone in its message only; on WhatsApp, and for free text ("please stop
 * texting me"), Twilio does nothing. `optOutType`: told by a messaging service with its own opt-out handling.
 */
export function confirmsStopItself(
  channel: "sms" | "wmsg",
  optOutType: string | null,
  text: string,
): boolean {
  if (optOutType !== null) return true;
  return channel === "sms" && KEYWORDS.has(text.trim().toLowerCase());
}
