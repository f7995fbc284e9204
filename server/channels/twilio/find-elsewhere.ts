// After a backup was restored: did another copy of this gateway call or write to the contact since then? Twilio lists calls
// and messages by who they are for; those that are known here are this gateway's own.
import { isVoice } from "../../../shared/values.ts";
import type { ChannelOrder } from "../channel.ts";
import type { CallerIdCheck } from "./check-caller-id.ts";
import { CLOCK_SKEW_MS, KNOWN_MS } from "./find-call.ts";
import { findKnownSids } from "./find-known-sids.ts";
import { addressOf } from "./message-context.ts";
import { planCall } from "./plan-call.ts";
import { clientOf } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

/** As the channel port says of findElsewhere. @throws GatewayError of the client. */
export function findElsewhere(
  deps: TwilioDeps,
  callerIds: CallerIdCheck,
  order: ChannelOrder,
  since: number,
): Promise<string | null> {
  return isVoice(order.channel) ? callOf(deps, callerIds, order, since) : messageOf(deps, order, since);
}

async function callOf(
  deps: TwilioDeps,
  callerIds: CallerIdCheck,
  order: ChannelOrder,
  since: number,
): Promise<string | null> {
  const account = accountOf(deps, order.tenant);
  const plan = await planCall(deps, callerIds, account, order);
  const channel = plan.whatsapp ? "wmsg" : "sms";
  // Whoever is rung first, the contact's own leg shows this number.
  const listed = await clientOf(deps, account).callsBetween(
    addressOf(channel, plan.callerId),
    addressOf(channel, order.contact),
  );
  const known = await findKnownSids(deps.db, "", "call.leg", since - KNOWN_MS);
  const call = listed.find((one) => isAfter(one.dateCreated, since) && !known.has(one.sid));
  return call ? `Twilio placed a call to this contact after the backup (${call.sid})${AGAIN}` : null;
}

async function messageOf(deps: TwilioDeps, order: ChannelOrder, since: number): Promise<string | null> {
  const channel = order.channel === "wmsg" ? "wmsg" : "sms";
  const client = clientOf(deps, accountOf(deps, order.tenant));
  const listed = await client.messagesTo(addressOf(channel, order.contact));
  const known = await findKnownSids(deps.db, "", "message.sent", since - KNOWN_MS);
  const message = listed.find(
    (one) => one.direction !== "inbound" && isAfter(one.dateCreated, since) && !known.has(one.sid),
  );
  return message ? `Twilio sent this contact a message after the backup (${message.sid})${AGAIN}` : null;
}

const AGAIN = ", so they are not contacted again.";

const isAfter = (at: number | null, since: number): boolean => at === null || at >= since - CLOCK_SKEW_MS;
