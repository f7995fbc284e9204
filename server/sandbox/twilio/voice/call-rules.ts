// Whom an account may call, and as whom. Asked by the API and by Dial.
import { bareNumber, isWhatsapp } from "../messages/message-types.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import type { TwilioCall } from "./call-types.ts";

/** Twilio's test number that is always somebody's own. https://www.twilio.com/docs/iam/test-credentials */
export const MAGIC_OWN_NUMBER = "+15005550006";

/** Countries whose business numbers may not begin calls on WhatsApp: US and Canada, Türkiye, Egypt, Vietnam, Nigeria. */
const NO_WHATSAPP_CALLS: readonly string[] = ["+1", "+90", "+20", "+84", "+234"];

/** A number of the account, or one whose owner keyed in Twilio's code. */
export const isOwnOrVerified = (account: TwilioAccount, number: string): boolean =>
  number === MAGIC_OWN_NUMBER ||
  [...account.numbers, ...account.callerIds].some(({ phoneNumber }) => phoneNumber === number);

/** May a Dial show this caller ID? Also the numbers of the call itself. */
export function mayShow(
  account: TwilioAccount,
  call: TwilioCall,
  callerId: string,
  onWhatsapp: boolean,
): boolean {
  if (!onWhatsapp)
    return callerId === call.from || callerId === call.to || isOwnOrVerified(account, callerId);
  const number = bareNumber(callerId);
  const sender = account.whatsappSenders.find((each) => each.number === number);
  return (
    isWhatsapp(callerId) &&
    sender?.voiceEnabled === true &&
    !NO_WHATSAPP_CALLS.some((code) => number.startsWith(code))
  );
}

export const mayCallTo = (account: TwilioAccount, number: string): boolean =>
  account.callTo.some((code) => number.startsWith(`+${code}`));
