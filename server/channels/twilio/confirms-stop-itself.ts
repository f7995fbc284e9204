// Whether Twilio has answered an opt-out (or opt-in, or help) keyword itself, so that the gateway must not answer it again.
// Facts: telephony 2.1.

/** Twilio's own keywords on numbers: answered and, for stop words, blocked per sender without anybody's doing. */
const KEYWORDS = new Set([
  ...["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"],
  ...["start", "unstop", "yes"],
]);

/** Toll-free numbers are watched by their network, which knows fewer words. */
const TOLL_FREE = /^\+18(?:00|33|44|55|66|77|88)/;
const TOLL_FREE_KEYWORDS = new Set(["stop", "start", "unstop"]);

/**
 * True: Twilio confirmed it. A keyword counts alone in its message only; on WhatsApp, and for free text ("please stop
 * texting me"), Twilio does nothing. `optOutType`: told by a messaging service with its own opt-out handling. `sender`:
 * the number it was written to.
 */
export function confirmsStopItself(
  channel: "sms" | "wmsg",
  optOutType: string | null,
  text: string,
  sender = "",
): boolean {
  if (optOutType !== null) return true;
  const words = TOLL_FREE.test(sender) ? TOLL_FREE_KEYWORDS : KEYWORDS;
  return channel === "sms" && words.has(text.trim().toLowerCase());
}
