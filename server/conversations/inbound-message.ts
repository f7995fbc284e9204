// A message a contact sent, whoever carried it: what every carrier's door makes of what it was given.
import type { Channel } from "../../shared/values.ts";

export interface InboundMessage {
  readonly tenant: string;
  /** Name of the provider whose door it came through. */
  readonly provider: string;
  readonly channel: Channel;
  /** The carrier's id of it: the same id is the same message. */
  readonly key: string;
  /** Who wrote: E.164 or lower-case address. */
  readonly contact: string;
  /** Our number or address it was written to; null where there is none (chat). */
  readonly sender: string | null;
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
  /** The outreach it answers, where the carrier tells (a chat link, a reply address). */
  readonly engagementId?: string;
  /** Sent by a machine (an out-of-office reply): kept, but nobody answers it and it means nothing. */
  readonly automatic?: boolean;
  /** The wish the carrier itself recognised (Twilio's Advanced Opt-Out). */
  readonly carrierWish?: "stop" | "start" | "help";
  /** Whether the carrier confirms and obeys these words by itself: a second confirmation would be one too many. */
  readonly carrierConfirms?: (said: string) => boolean;
}
