// What the Twilio side of the channel port needs from the gateway. Given to createTwilio by whoever builds it.
import type { Clock } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import type { Db, DbOrTrx } from "../../db/schema.ts";
import type { ChannelOrder } from "../channel.ts";
import type { AgentSenders, OwnSenders, TwilioAccount } from "./twilio-account.ts";

/** What may have changed since the outreach was launched: hours, and what the contact wishes. */
export interface RulesNow {
  /** Why the contact must not be rung any more; undefined: they may be. */
  readonly withheld: (order: ChannelOrder) => Promise<Withheld | undefined>;
  /** How long from now the contact's hours still allow it, ms, at most `most`; 0: they do not now. */
  readonly openFor: (order: ChannelOrder, most: number) => Promise<number>;
}
export type Withheld = "closed" | "opted_out";

export interface TwilioDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The tenant's account; undefined while it is not set up. */
  readonly account: (tenant: string) => TwilioAccount | undefined;
  readonly sender: (tenant: string, userId: string | null) => AgentSenders;
  readonly ownSenders: (tenant: string) => OwnSenders;
  /** SERVER_URL without a slash at the end; undefined: Twilio cannot call the gateway, so everything is polled. */
  readonly publicUrl: () => string | undefined;
  /** TWILIO_API_BASE_URL: address of Twilio's API, perhaps with a path before its own. */
  readonly baseUrl: () => string;
  /** Key of the unguessable part of callback addresses; stays the same for this installation. */
  readonly linkKey: string;
  /** When the contact last wrote to this WhatsApp sender (both E.164), epoch ms; null: never. */
  readonly lastInboundAt: (
    db: DbOrTrx,
    tenant: string,
    sender: string,
    contact: string,
  ) => Promise<number | null>;
  /** First words of a message, or of a spoken announcement. */
  readonly openingText: (order: ChannelOrder, options: { readonly optOutHint: boolean }) => string;
  /** Cuts a text into parts of at most `most` characters. */
  readonly splitText: (text: string, most: number) => readonly string[];
  /** Phone outreach a language model talks in; nothing unless given. */
  readonly automated?: (order: Pick<ChannelOrder, "tenant" | "channel" | "type">) => boolean;
  /** The contact rules at this moment; the gateway always gives them. */
  readonly rulesNow?: RulesNow;
  /** How long Twilio may take to answer, ms; 15 seconds unless said. */
  readonly timeoutMs?: number;
  /** How long after a lost answer Twilio's lists are trusted to be complete, ms; 5 seconds unless said. */
  readonly listLagMs?: number;
}

/** @throws GatewayError channel_unavailable. */
export function accountOf(deps: Pick<TwilioDeps, "account">, tenant: string): TwilioAccount {
  const account = deps.account(tenant);
  if (account) return account;
  throw new GatewayError("channel_unavailable", {
    sentence:
      "Twilio is chosen for this channel, but the brokerage's account SID or auth token at Twilio is not set.",
  });
}
