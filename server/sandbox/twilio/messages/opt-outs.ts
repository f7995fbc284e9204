// Who may not be texted any more: a contact per sender, or per messaging service its senders belong to. Texts only: WhatsApp
// blocks nobody by itself. https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
import type { TwilioState } from "../twilio-state.ts";
import type { MessagingService, TwilioAccount } from "../twilio-types.ts";

/** What the sender's opt-outs count for: its messaging service, or itself. */
export const scopeOf = (account: TwilioAccount, sender: string): string =>
  serviceOf(account, sender)?.sid ?? sender;

export const serviceOf = (account: TwilioAccount, sender: string): MessagingService | undefined =>
  account.services.find(({ senders }) => senders.includes(sender));

export const isOptedOut = (
  state: TwilioState,
  account: TwilioAccount,
  scope: string,
  contact: string,
): boolean =>
  state.optOuts.some(
    (each) => each.accountSid === account.sid && each.scope === scope && each.contact === contact,
  );

export function setOptOut(
  state: TwilioState,
  account: TwilioAccount,
  scope: string,
  contact: string,
  out: boolean,
): void {
  const others = state.optOuts.filter(
    (each) => !(each.accountSid === account.sid && each.scope === scope && each.contact === contact),
  );
  state.optOuts = out ? [...others, { accountSid: account.sid, scope, contact }] : others;
}
