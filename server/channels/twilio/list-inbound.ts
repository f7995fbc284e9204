// Asks Twilio for what came in since the last look: where it cannot call the gateway, and where its calls may be lost. Nothing
// is passed over however much came in, and nothing is taken that was written to somebody else's number of the same account.
import { inboundOf, type TwilioInbound } from "./inbound-messages.ts";
import { textedFrom } from "./texted-from.ts";
import type { OwnSenders } from "./twilio-account.ts";
import type { TwilioMessage } from "./twilio-answers.ts";
import { clientOf } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";
import { MOST_INBOUND } from "./twilio-requests.ts";

const SECOND_MS = 1_000;

export interface InboundPage {
  /** Oldest first. */
  readonly messages: readonly TwilioInbound[];
  /** Nothing that came in before this is missing, epoch ms; always later than what was asked from. */
  readonly readTo: number;
}

/**
 * Messages that came in since then (epoch ms), as far as one answer of Twilio's goes. Asked per number, or all at once where
 * a messaging service sends from numbers only Twilio knows. @throws GatewayError of the client.
 */
export async function listInbound(deps: TwilioDeps, tenant: string, since: number): Promise<InboundPage> {
  const client = clientOf(deps, accountOf(deps, tenant));
  const senders = deps.ownSenders(tenant);
  const now = deps.clock.now();
  // Twilio's times are whole seconds.
  const from = Math.floor(since / SECOND_MS) * SECOND_MS;
  const found: TwilioMessage[] = [];
  let end: number | null = null;
  for (const to of addressesOf(senders)) {
    const slice = await readSlice((until) => client.messagesSince(new Date(from), to, until), {
      from,
      end,
      now,
    });
    found.push(...slice.found);
    end = slice.end;
  }
  const readTo = end ?? Math.max(now, since + 1);
  const messages: TwilioInbound[] = [];
  for (const message of found) {
    const inbound = inboundOf(message, now);
    if (inbound === undefined || inbound.at < from || (end !== null && inbound.at >= end)) continue;
    if (await isOurs(deps, tenant, senders, message, inbound)) messages.push(inbound);
  }
  return { messages: messages.toSorted((a, b) => a.at - b.at || a.key.localeCompare(b.key)), readTo };
}

const addressesOf = ({ numbers, whatsappNumbers, services }: OwnSenders): (string | undefined)[] =>
  services.length > 0 ? [undefined] : [...numbers, ...whatsappNumbers.map((one) => `whatsapp:${one}`)];

/**
 * The newest come first and only so many, so a full answer lacks the oldest: then only the first half of the time is asked
 * for. `end`: what is earlier was asked for, epoch ms; null: all to the newest. Exported for its test.
 */
export async function readSlice(
  ask: (until: Date | undefined) => Promise<TwilioMessage[]>,
  { from, end, now }: { readonly from: number; readonly end: number | null; readonly now: number },
): Promise<{ found: TwilioMessage[]; end: number | null }> {
  const found = await ask(end === null ? undefined : new Date(end));
  const span = (end ?? now) - from;
  // Twilio carries far fewer in a second.
  if (found.length < MOST_INBOUND || span <= SECOND_MS) return { found, end };
  const half = Math.max(SECOND_MS, Math.floor(span / 2 / SECOND_MS) * SECOND_MS);
  return readSlice(ask, { from, end: from + half, now });
}

/**
 * An account may carry the texts of others too: another brokerage's, an office's. A number nobody listed is the
 * brokerage's where Twilio names its messaging service, or where this contact was texted from it.
 */
async function isOurs(
  deps: TwilioDeps,
  tenant: string,
  { numbers, whatsappNumbers, services, others }: OwnSenders,
  { messagingServiceSid }: TwilioMessage,
  { channel, sender, contact }: TwilioInbound,
): Promise<boolean> {
  if (channel === "wmsg") return whatsappNumbers.includes(sender);
  if (numbers.includes(sender)) return true;
  if (others.numbers.includes(sender)) return false;
  const named = messagingServiceSid ?? "";
  if (services.includes(named) && !others.services.includes(named)) return true;
  return textedFrom(deps.db, { tenant, contact, sender });
}
