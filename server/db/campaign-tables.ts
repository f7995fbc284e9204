// The tables of campaigns as the stores see them. Conventions as in schema.ts, which they are part of.
import type { Generated } from "kysely";

/** One Smart List, or one batch of rows, reached over a channel. */
export interface CampaignTable {
  /** The batch_id: a UUID. */
  id: string;
  tenant: string;
  crm_account_id: string | null;
  /** What makes a repeated request the same campaign: the click of its agent, or an Idempotency-Key. */
  campaign_key: string;
  request_hash: string;
  /** "smart_list", "bulk" or "csv". */
  source: string;
  smart_list_id: string | null;
  /** The list's name, or the batch's. */
  name: string;
  /** null where rows choose their own. */
  channel: string | null;
  type: string;
  instruction: string;
  user_id: string | null;
  crm_user_id: string | null;
  acts_with: string;
  from_number: string | null;
  /** Who carried the channel at the start; null where rows choose. */
  provider: string | null;
  /** One of CAMPAIGN_STATUSES. */
  status: string;
  /**
   * What is left to do, whatever the status: `reading` the list → `read` (waits for the start) → `queueing` (people are
   * put in line) → `queued` → `over`. A start without a review reads and queues at once: `reading_and_queueing`.
   */
  stage: string;
  /** Why it stopped, in a sentence. */
  message: string | null;
  /** Code of the error that stopped it. */
  error_code: string | null;
  /** People on the list as the CRM counts them; null until it was told. */
  total: number | null;
  /** Different people read so far. */
  members: number;
  will_queue: number;
  queued: number;
  skipped: number;
  /** Of those who will be in line: how many were outside their hours when they were reviewed. */
  later: number;
  /** When the first of those may be reached, epoch ms. */
  opens_at: number | null;
  done: number;
  /** Where the next page begins; null at the start of a pass. */
  cursor: string | null;
  /** Which time the list is read through, from 1. */
  pass: number;
  /** Pages read in this pass. */
  pages: number;
  /** Pages in a row that brought nobody new. */
  barren_pages: number;
  /** 1: the list was seen to change in this pass. */
  moved: number;
  seen_twice: number;
  /** Found only when the list was read again. */
  found_late: number;
  /** Queueing has come up to this position. */
  next_position: number;
  pace_at_once: number | null;
  pace_per_minute: number | null;
  last_release_at: number | null;
  /** JSON of retrySchema. */
  retry: string | null;
  created_at: number;
  checked_at: number | null;
  started_at: number | null;
  ended_at: number | null;
  /** As engagements.restored_at: it was under way then. */
  restored_at: Generated<number | null>;
  updated_at: number;
}

export interface CampaignMemberTable {
  campaign_id: string;
  /** Place on the list, from 0. */
  position: number;
  /** Unique within the campaign: the person's id, or `row:<n>`. */
  person_key: string;
  person_id: string | null;
  person_name: string;
  /** States and provinces of the person's addresses: "US-FL CA-ON". */
  person_regions: string | null;
  contact: string | null;
  /** The contact as it is compared. */
  contact_key: string | null;
  /** Why skipped. */
  reason: string | null;
  /** JSON of what a row chose for itself; null where the campaign's own values hold. */
  order_details: string | null;
  /** One of MEMBER_STATES, or "checked": reviewed, not in line yet. */
  state: string;
  outcome: string | null;
  attempts: number;
  retry_at: number | null;
  /** Its newest engagement. */
  engagement_id: string | null;
  done_at: number | null;
}

/** kind: "skipped" (reason → people), "outcome" (→ people done), "refused" (rule → people, part of outcome). */
export interface CampaignCountTable {
  campaign_id: string;
  kind: string;
  name: string;
  n: number;
}

/** When a channel's last campaign outreach was released, for its pace per minute. account: "" where none is known. */
export interface ChannelPaceTable {
  tenant: string;
  account: string;
  channel: string;
  last_release_at: number;
}
