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

/** One delivery on its way to one of the brokerage's own addresses. */
export interface ForwardTable {
  id: Generated<number>;
  tenant: string;
  /** The target's id in the settings. */
  target: string;
  delivery_id: number;
  event: string;
  /** waiting → delivered, or dead when it was given up. */
  state: "waiting" | "delivered" | "dead";
  /** Since it was queued or last asked for again. */
  tries: number;
  /** HTTP status of the last answer; null when there was none. */
  status: number | null;
  /** What the last try ended in, in a sentence. */
  result: string | null;
  created_at: number;
  tried_at: number | null;
  next_at: number | null;
  /** How often a person asked for it again. */
  replays: number;
}

/** How a target does, and which signing secrets it has. The secrets themselves are nowhere: see signing-secrets.ts. */
export interface FanOutTargetTable {
  tenant: string;
  target: string;
  /** What its secret is made from, together with a key in the vault. */
  secret_seed: string;
  /** Digest of the secret, to notice when it cannot be made any more. */
  secret_print: string;
  secret_set_at: number;
  /** Of the secret before the last rotation, and until when it signs as well. */
  old_seed: string | null;
  old_until: number | null;
  last_success_at: number | null;
  last_failure_at: number | null;
  last_failure: string | null;
}
