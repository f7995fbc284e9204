// Twilio's test numbers, which lead to an error on purpose. https://www.twilio.com/docs/iam/test-credentials
// Asked by check-call and check-message.
import type { TwilioErrorCode } from "./twilio-errors.ts";

const PREFIX = "+1500555";

const CALLS_FROM: Readonly<Record<string, TwilioErrorCode>> = { "0001": 21212 };
const CALLS_TO: Readonly<Record<string, TwilioErrorCode>> = {
  "0001": 21217,
  "0002": 21214,
  "0003": 21215,
  "0004": 21216,
};
const MESSAGES_FROM: Readonly<Record<string, TwilioErrorCode>> = {
  "0001": 21212,
  "0007": 21606,
  "0008": 21611,
};
const MESSAGES_TO: Readonly<Record<string, TwilioErrorCode>> = {
  ...{ "0001": 21211, "0002": 21612, "0003": 21408, "0004": 21610, "0009": 21614 },
};

/** The error this number stands for as a sender or receiver; undefined when it stands for none. */
export function magicError(
  kind: "call" | "message",
  side: "from" | "to",
  number: string,
): TwilioErrorCode | undefined {
  if (!number.startsWith(PREFIX)) return undefined;
  const ending = number.slice(PREFIX.length);
  const table =
    kind === "call"
      ? side === "from"
        ? CALLS_FROM
        : CALLS_TO
      : side === "from"
        ? MESSAGES_FROM
        : MESSAGES_TO;
  return table[ending];
}
