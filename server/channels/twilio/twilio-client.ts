// Twilio's API as far as this folder uses it, for one account. Built where it is needed: it keeps nothing.
import { askTwilio, type TwilioAccess } from "./ask-twilio.ts";
import type { TwilioAccount } from "./twilio-account.ts";
import type { TwilioDeps } from "./twilio-deps.ts";
import { accountRequests, callRequests, messageRequests } from "./twilio-requests.ts";

/** Each method throws GatewayError as describeTwilioError decides. */
export type TwilioClient = ReturnType<typeof createTwilioClient>;

export function createTwilioClient(access: TwilioAccess) {
  const ask = askTwilio(access);
  return { ...callRequests(ask), ...messageRequests(ask), ...accountRequests(ask) };
}

const TIMEOUT_MS = 15_000;

export function clientOf(
  deps: Pick<TwilioDeps, "baseUrl" | "clock" | "timeoutMs">,
  account: TwilioAccount,
): TwilioClient {
  return createTwilioClient({
    accountSid: account.sid,
    user: account.apiKey?.sid ?? account.sid,
    password: account.apiKey?.secret ?? account.authToken,
    baseUrl: deps.baseUrl(),
    timeoutMs: deps.timeoutMs ?? TIMEOUT_MS,
    now: () => deps.clock.now(),
  });
}
