// Whether Twilio lets a call show this number: verified as a caller ID, or a number of the account. Asked once in a while
// per number; a number just verified is seen at once.
import type { TwilioAccount } from "./twilio-account.ts";
import type { TwilioClient } from "./twilio-client.ts";

export interface CallerIdCheck {
  /** @throws GatewayError of the client. */
  mayShow(account: TwilioAccount, client: TwilioClient, number: string): Promise<boolean>;
  /** Something changed at Twilio: ask again. */
  forget(account: TwilioAccount): void;
}

const KEEP_YES_MS = 10 * 60_000;
const KEEP_NO_MS = 60_000;

export function createCallerIdCheck(now: () => number): CallerIdCheck {
  const known = new Map<string, { readonly yes: boolean; readonly until: number }>();
  return {
    mayShow: async (account, client, number) => {
      if (number === account.number) return true;
      const key = `${account.sid}:${number}`;
      const kept = known.get(key);
      if (kept && kept.until > now()) return kept.yes;
      const yes =
        (await client.callerIds(number)).some(({ phoneNumber }) => phoneNumber === number) ||
        (await client.ownNumber(number)).some(({ phoneNumber }) => phoneNumber === number);
      known.set(key, { yes, until: now() + (yes ? KEEP_YES_MS : KEEP_NO_MS) });
      return yes;
    },
    forget: (account) => {
      for (const key of known.keys()) if (key.startsWith(`${account.sid}:`)) known.delete(key);
    },
  };
}
