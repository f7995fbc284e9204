// The channel port: what any carrier of outreach must do for the gateway. Shaped by the built-in simulator, the Aventora
// Engagement Hub, Twilio, a mail server and the gateway's own chat. A provider reports whole snapshots; the engagement's
// own rules decide what they change.
import type { Direction } from "../../shared/engagement.schema.ts";
import type { CallType, Channel, EngagementStatus } from "../../shared/values.ts";
import type { GatewayError } from "../base/errors.ts";
import type { DbOrTrx } from "../db/schema.ts";

/** What was asked for that not every provider can do, by the Hub's field names: email_subject, language, … */
export type OrderExtras = Readonly<Record<string, unknown>>;

/** One outreach as a provider is given it. */
export interface ChannelOrder {
  /** Our id; the idempotency key where the provider has one. */
  readonly engagementId: string;
  readonly tenant: string;
  readonly channel: Channel;
  readonly type: CallType;
  readonly instruction: string;
  /** A start is refused before it comes to an e-mail's extra that the provider does not honor. */
  readonly extras?: OrderExtras;
  /** E.164 or e-mail address. */
  readonly contact: string;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly agentName: string | null;
  /** The brokerage as contacts know it. */
  readonly brokerage: string;
  readonly userId: string | null;
  /** Caller ID and bridging target, E.164. */
  readonly fromNumber: string | null;
  /** One of many: nobody waits for a conversation, so a message that was delivered is a result. */
  readonly inCampaign: boolean;
  /** Counts from 1; more than 1 after a start that certainly did not happen. */
  readonly attempt: number;
}

export interface SnapshotMessage {
  readonly at: number;
  readonly direction: Direction;
  readonly text: string;
  /** The carrier's id of the message: the same id is stored once, in whichever order they come. All or none have one. */
  readonly key?: string;
}

export interface SnapshotEvent {
  readonly at: number;
  readonly event: string;
  readonly detail: string;
}

/**
 * How an outreach stands, as a whole: the full transcript and history each time, never a difference. Further messages are
 * told by whoever had them sent, who knows their authors, and are not part of it.
 */
export interface ProviderSnapshot {
  /** null: the provider used a word we do not know; taken as "still going on". */
  readonly status: EngagementStatus | null;
  /** One of OUTCOMES, or the provider's own word. */
  readonly outcome: string | null;
  readonly summary: string | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  /** Seconds. */
  readonly duration: number | null;
  readonly transcript: readonly SnapshotMessage[];
  readonly history: readonly SnapshotEvent[];
  /** Where the call's recording can be heard; left out while there is none. */
  readonly recordingUrl?: string;
  /** The carrier refuses the contact because they told it to stop: what it says of it, for a person. */
  readonly optOut?: string;
  /** Further messages (by OutgoingMessage's id) that did not arrive after they were sent; `why` for a person. */
  readonly undelivered?: readonly { readonly id: string; readonly why: string }[];
  /** When the provider says this was so; decides between snapshots that arrive in another order. */
  readonly seenAt: number;
}

export interface ProviderAnswer {
  /** The provider's id of this outreach; may change on pause and resume. */
  readonly reference: string;
  readonly snapshot: ProviderSnapshot | null;
  /** When to ask again, epoch ms; null when the outreach is over. */
  readonly nextPollAt: number | null;
}

/** Many outreaches handed over at once. */
export interface BulkOrder {
  readonly tenant: string;
  /** Campaign's name, for the provider's own list. */
  readonly name: string;
  readonly type: CallType;
  readonly orders: readonly ChannelOrder[];
  /** Per order: what its row asked for beyond a ChannelOrder, by the Hub's field names. */
  readonly extras: readonly OrderExtras[];
}

export interface BulkAnswer {
  readonly batchReference: string;
  /** Orders it did not take, with its words; `index` into `orders`. */
  readonly refused: readonly { readonly index: number; readonly sentence: string }[];
  /** It took so many in all. */
  readonly queued: number;
}

/** A further message within an outreach: an agent's reply, an automated answer, a confirmation. */
export interface OutgoingMessage {
  /** Our id; the idempotency key where the provider has one. */
  readonly id: string;
  readonly text: string;
  /** Written by a machine; e-mail says so in its headers, so that two machines do not answer each other. */
  readonly automatic: boolean;
  /** Epoch ms the sending was first tried; where a lost answer is looked for from. */
  readonly since: number;
}

export interface SentMessage {
  /** The provider's id of the message. */
  readonly reference: string;
  readonly at: number;
  /** When to ask what became of it, epoch ms; nothing where no more is to be heard. */
  readonly nextPollAt?: number | null;
}

/**
 * Every call may throw GatewayError: `provider_unavailable` (certainly not done, try again), `provider_refused`
 * (certainly not done, no use trying), `provider_fate_unknown` (it may have been done: a person decides), or with a contact
 * rule as its code (`opted_out`, `invalid_phone`) where the provider itself refuses the contact.
 */
export interface ChannelProvider {
  readonly name: string;
  /** True: starting twice with the same engagement id is one start, so a crash in between is repaired by repeating. */
  readonly startIsIdempotent: boolean;
  /** It reaches real people, so their hours hold. */
  readonly reachesPeople: boolean;
  /** The e-mail's extras it can carry out; none where it is left out. */
  readonly honors?: readonly string[];
  start(order: ChannelOrder): Promise<ProviderAnswer>;
  poll(order: ChannelOrder, reference: string): Promise<ProviderAnswer>;
  pause(order: ChannelOrder, reference: string): Promise<ProviderAnswer>;
  resume(order: ChannelOrder, reference: string): Promise<ProviderAnswer>;
  cancel(order: ChannelOrder, reference: string): Promise<ProviderAnswer>;
  /** Where it takes many at once: the most per request, and the request. Never idempotent; errors as start's. */
  readonly bulk?: { readonly most: number; readonly start: (bulk: BulkOrder) => Promise<BulkAnswer> };
  /** How long one outreach usually takes, in ms, where the provider knows beforehand. */
  readonly usualMs?: (channel: Channel) => number;
  /**
   * Why it cannot carry this order as the brokerage is set up (channel_unavailable with the remedy); undefined when it can.
   * Asked within the caller's transaction, while nobody else may use the database: only `db` is to be read.
   */
  readonly objection?: (
    order: Pick<ChannelOrder, "tenant" | "channel" | "type" | "userId" | "fromNumber" | "contact">,
    db: DbOrTrx,
  ) => GatewayError | undefined | Promise<GatewayError | undefined>;
  /** Takes one of the places the carrier gives per second: 0, or the ms until one is free (then none was taken). */
  readonly takeTurn?: (order: ChannelOrder) => number;
  /** Outreaches of one agent that can go on at once on this channel, where the agent takes part in person. */
  readonly perAgent?: (tenant: string, channel: Channel, type: CallType) => number | undefined;
  /**
   * Where a start has no idempotency key: looks for one made since `since` (epoch ms) whose answer was lost. null: it was
   * certainly not made. @throws provider_fate_unknown when that cannot be told.
   */
  readonly findStart?: (order: ChannelOrder, since: number) => Promise<ProviderAnswer | null>;
  /**
   * After a backup was restored: an outreach like this that another copy of this gateway may have made since `since` (epoch
   * ms), of which nothing is stored here. What was found, in a sentence for a person; null: certainly none. Left out, or
   * undefined, where the carrier has nothing to ask. @throws provider_fate_unknown when only a person can tell.
   */
  readonly findElsewhere?: (order: ChannelOrder, since: number) => Promise<string | null | undefined>;
  /** Sends a further message within the outreach. */
  readonly send?: (order: ChannelOrder, reference: string, message: OutgoingMessage) => Promise<SentMessage>;
  /** As findStart, for a further message. */
  readonly findSent?: (
    order: ChannelOrder,
    reference: string,
    message: OutgoingMessage,
  ) => Promise<SentMessage | null>;
}
