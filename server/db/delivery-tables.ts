// The tables of webhooks as the stores see them. Conventions as in schema.ts, which they are part of.
import type { Generated } from "kysely";

/** A delivery whose signature was right. */
export interface DeliveryTable {
  id: Generated<number>;
  tenant: string;
  /** "followup_boss". */
  source: string;
  /** Which Follow Up Boss account it says it comes from (`fub_account`, Track B); "" for the brokerage's. */
  account: string;
  event_id: string;
  event: string;
  /** When it happened there; null where it does not say. */
  event_created: number | null;
  received_at: number;
  /** "official" or "raw_body". */
  signature: string;
  /** JSON of the headers, signature left out. */
  headers: string;
  /** As it came. */
  body: string;
  /** stored: nothing is to be done · waiting → done or failed. */
  state: "stored" | "waiting" | "done" | "failed";
  /** What came of it, in a sentence. */
  result: string | null;
  processed_at: number | null;
  /** How often a person asked for it to be run again. */
  replays: number;
  /** 1: it never arrived, and was found missing afterwards. */
  recovered: number;
}

/** A delivery that was refused; the newest of each brokerage are kept. */
export interface RejectedDeliveryTable {
  id: Generated<number>;
  tenant: string;
  source: string;
  received_at: number;
  reason: string;
  sentence: string;
  headers: string;
  body: string;
}

/** What came of the last comparison of one event's webhooks; a brokerage without rows never asked for webhooks. */
export interface WebhookSlotTable {
  tenant: string;
  /** Follow Up Boss account of an agent (Track B); "" for the brokerage's. */
  account: string;
  event: string;
  url: string;
  /** kept, added, woken, moved, full, or failed. */
  result: string;
  /** JSON list of other addresses that hold slots of the event. */
  holders: string;
  /** Why it failed, or what a person has to do. */
  sentence: string | null;
  checked_at: number;
}
