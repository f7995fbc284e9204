// What is asked for when an outreach is started, whoever asks: a click, another program, later a tag or a campaign.
import type { CallType, Channel } from "../../shared/values.ts";
import type { OrderExtras } from "../channels/channel.ts";
import type { Trx } from "../db/schema.ts";
import type { PersonKnowledge } from "./contact-facts.ts";
import type { EmailFact, PhoneFact } from "./may-contact.ts";

/** Who acts: the agent where one is known, else the brokerage. */
export interface Actor {
  readonly userId: string | null;
  readonly name: string | null;
  readonly crmUserId: string | null;
  /** Whose key writes to the CRM: "tenant" or "user:<id>". */
  readonly actsWith: "tenant" | `user:${string}`;
  readonly fromNumber: string | null;
}

export interface StartRequest {
  readonly tenant: string;
  /** "embed", "start_from_person", "integration", "direct". */
  readonly source: string;
  /** Unique per tenant; a second request with it is the first one again. */
  readonly startKey: string;
  /** Digest of what was asked for: the same key with another request is refused. */
  readonly requestHash: string;
  readonly channel: Channel;
  readonly type: CallType;
  readonly instruction: string;
  readonly extras?: OrderExtras | undefined;
  readonly person: {
    readonly id: string | null;
    /** Another program says so: the CRM may not know the id. */
    readonly claimed?: true;
    readonly name: string | null;
    /** What the CRM says of them where they were read for this start: tags, consent, where they live. */
    readonly known?: PersonKnowledge;
  };
  readonly crmAccountId: string | null;
  readonly phones: readonly PhoneFact[];
  readonly emails: readonly EmailFact[];
  readonly chosen: string | null;
  readonly actor: Actor;
  /** Asked within the start's transaction: the engagement that is this very start already, asked for in another way. */
  readonly sameAs?: (trx: Trx) => Promise<string | undefined>;
  /** The webhook delivery that asks for it. */
  readonly deliveryId?: number;
  /** Epoch ms before which it must not go out. */
  readonly scheduledAt: number | null;
  /**
   * Outside the person's hours: "refuse" says when it would be allowed, for somebody who is waiting; "wait" goes out then
   * by itself.
   */
  readonly whenClosed: "refuse" | "wait";
}
