// The tables as the stores see them. Times are epoch milliseconds, flags 0/1, JSON is text: the same in every dialect.
import type { Generated, Kysely, Transaction } from "kysely";
import type {
  CampaignCountTable,
  CampaignMemberTable,
  CampaignTable,
  ChannelPaceTable,
} from "./campaign-tables.ts";
import type {
  CarrierEventTable,
  ContactLedgerTable,
  ConversationTable,
  InboundMessageTable,
  MailboxTable,
  OutgoingMessageTable,
  SuppressionTable,
} from "./channel-tables.ts";
import type {
  EmbedRefusalTable,
  GuideTickTable,
  JournalTermsTable,
  JournalWordsTable,
  OutreachPauseTable,
  SupportLinkTable,
} from "./console-tables.ts";
import type {
  DeliveryTable,
  FanOutTargetTable,
  ForwardTable,
  RejectedDeliveryTable,
  WebhookSlotTable,
} from "./delivery-tables.ts";
import type { CrmIdentityTable, CrmUserTable, UserLinkTable } from "./identity-tables.ts";
import type { BackupEventTable } from "./restore-tables.ts";
import type { TagCarrierTable, TagSweepTable } from "./sweep-tables.ts";

export interface JobTable {
  id: Generated<number>;
  kind: string;
  payload: string;
  /** Jobs of one group run one at a time, oldest first. */
  group_key: string | null;
  /** Jobs of one lane wait for the same budget, so only a few of them run at once. */
  lane_key: string | null;
  /** At most one unfinished job per key. */
  dedupe_key: string | null;
  /** Higher goes first. */
  priority: number;
  run_at: number;
  attempts: number;
  max_attempts: number;
  /** How often the program ended while it ran, since a run of it last came to an end. */
  crashes: Generated<number>;
  state: "ready" | "running" | "dead";
  lease_owner: string | null;
  lease_until: number | null;
  last_error: string | null;
  created_at: number;
}

export interface EngagementTable {
  id: string;
  tenant: string;
  /** FUB account the person lives in; person ids mean nothing without it. */
  crm_account_id: string | null;
  /** What makes a repeated start the same start: click, Idempotency-Key, … */
  start_key: string;
  request_hash: string;
  source: string;
  channel: string;
  type: string;
  instruction: string;
  status: string;
  outcome: string | null;
  /** The contact rule that refused it. */
  rule: string | null;
  /** What was asked for beyond all this, by the Hub's field names (JSON); see engagements/order-extras.ts. */
  extras: string | null;
  person_id: string | null;
  /** 1: another program says that this is their id, and the CRM was not asked yet; null: it is certain. */
  person_claimed: number | null;
  person_name: string | null;
  /** States and provinces of the person's addresses, where they were read: "US-FL CA-ON". */
  person_regions: string | null;
  user_id: string | null;
  /** The agent's id in the CRM, for attribution. */
  crm_user_id: string | null;
  /** Whose key acts: "tenant" or "user:<id>". */
  acts_with: string;
  contact: string | null;
  /** The address beside a number, the number beside an address: kept where the person still has to be found in the CRM. */
  other_contact: string | null;
  from_number: string | null;
  provider: string;
  provider_ref: string | null;
  /** Time of the newest word from the provider; older ones do not turn the state back. */
  provider_seen_at: number | null;
  /** none → launching (saved before the provider is asked) → launched. */
  launch_state: "none" | "launching" | "launched";
  launch_attempts: number;
  parked_reason: string | null;
  /** Who writes to the CRM: "gateway", "hub" or "nobody". */
  crm_writer: string;
  /** When the person was introduced to the CRM by this engagement: such a person may not be reachable at first. */
  person_introduced_at: number | null;
  scheduled_at: number | null;
  started_at: number | null;
  completed_at: number | null;
  /** Seconds. */
  duration: number | null;
  summary: string | null;
  campaign_id: string | null;
  /**
   * Within its campaign: held (waits for its turn) → released (has a launch job) → ended (its result is to be counted)
   * → settled. null outside campaigns.
   */
  campaign_state: "held" | "released" | "ended" | "settled" | null;
  /** Place on the list. */
  campaign_position: number | null;
  /** The webhook delivery that led to it. */
  delivery_id: number | null;
  /** Where the recording of a call can be heard. */
  recording_url: string | null;
  /** It waited when the backup was made that was restored since: the moment of that backup. null: it never did. */
  restored_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface EngagementEventTable {
  id: Generated<number>;
  engagement_id: string;
  at: number;
  event: string;
  detail: string;
}

export interface MessageTable {
  id: Generated<number>;
  engagement_id: string;
  /** Row number in the transcript, from 0. */
  position: number;
  at: number;
  direction: "outbound" | "inbound";
  text: string;
  /** The activity that carries this row to the CRM, once chosen. */
  activity_id: string | null;
  /** The carrier's id of the message, or ours: the same message is stored once. null in whole transcripts. */
  key: string | null;
  /** Who wrote an outbound row: as in outgoing_messages; null where the provider speaks for itself. */
  author: string | null;
}

export interface ActivityTable {
  id: string;
  tenant: string;
  engagement_id: string;
  /** note: messages; summary: what came of them, a note as well; call: a call with its result. */
  kind: "note" | "call" | "summary";
  /** waiting → writing (saved before the request) → written; dead after the last attempt. */
  state: "waiting" | "writing" | "written" | "dead";
  /** The CRM's id of what was written. */
  crm_id: string | null;
  /** Text in what is written, by which it is found again. */
  marker: string;
  /** Digest of what was last written; a difference means an update is due. */
  written_hash: string | null;
  last_error: string | null;
  created_at: number;
  updated_at: number;
}

export interface JournalTable {
  seq: Generated<number>;
  at: number;
  severity: string;
  event: string;
  message: string;
  tenant: string | null;
  user_id: string | null;
  person_id: string | null;
  engagement_id: string | null;
  channel: string | null;
  /** Of the outreach that an entry ends. */
  outcome: string | null;
  detail: string | null;
  /** Lower-cased words of message, event and detail. */
  search: string;
}

export interface Database {
  jobs: JobTable;
  engagements: EngagementTable;
  engagement_events: EngagementEventTable;
  messages: MessageTable;
  activities: ActivityTable;
  journal: JournalTable;
  crm_identities: CrmIdentityTable;
  crm_users: CrmUserTable;
  user_links: UserLinkTable;
  campaigns: CampaignTable;
  campaign_members: CampaignMemberTable;
  campaign_counts: CampaignCountTable;
  channel_pace: ChannelPaceTable;
  deliveries: DeliveryTable;
  rejected_deliveries: RejectedDeliveryTable;
  webhook_slots: WebhookSlotTable;
  tag_sweeps: TagSweepTable;
  tag_carriers: TagCarrierTable;
  forwards: ForwardTable;
  fan_out_targets: FanOutTargetTable;
  outreach_pause: OutreachPauseTable;
  embed_refusals: EmbedRefusalTable;
  support_links: SupportLinkTable;
  guide_ticks: GuideTickTable;
  journal_words: JournalWordsTable;
  journal_terms: JournalTermsTable;
  carrier_events: CarrierEventTable;
  inbound_messages: InboundMessageTable;
  outgoing_messages: OutgoingMessageTable;
  conversations: ConversationTable;
  mailboxes: MailboxTable;
  suppressions: SuppressionTable;
  contact_ledger: ContactLedgerTable;
  backup_events: BackupEventTable;
}

export type Db = Kysely<Database>;
/** A transaction, or the database itself where a single statement is enough. */
export type Trx = Transaction<Database>;
export type DbOrTrx = Db | Trx;
