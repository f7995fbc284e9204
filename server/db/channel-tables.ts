// The tables of real channels and of the contact rules as the stores see them. Conventions as in schema.ts.
import type { Generated } from "kysely";

/** What a carrier told about an outreach, each word once. An outreach's state is a pure function of these rows. */
export interface CarrierEventTable {
  id: Generated<number>;
  engagement_id: string;
  /** Unique within the engagement: the same word told twice is stored once. */
  key: string;
  kind: string;
  /** Epoch ms, the carrier's time where it told one. */
  at: number;
  /** JSON. */
  data: string;
}

/** A message a contact sent, insert-once by the carrier's id of it. */
export interface InboundMessageTable {
  id: Generated<number>;
  tenant: string;
  provider: string;
  /** The carrier's id: Message SID, Message-ID, chat message id. */
  key: string;
  channel: string;
  /** E.164 or lower-case address of who wrote. */
  contact: string;
  /** Our number or address it was written to. */
  sender: string | null;
  text: string;
  at: number;
  engagement_id: string | null;
  /** What came of it: "message", "opt_out", "opt_in", "help", "automatic", "bounce", "unknown". */
  result: string;
}

/** A further message that goes out within an outreach: an agent's reply, an automated answer, a confirmation. */
export interface OutgoingMessageTable {
  id: string;
  engagement_id: string;
  tenant: string;
  text: string;
  /** "agent:<user id>", "agent" (somebody at the console), "automated" or "system". */
  author: string;
  /** "reply", "answer", "opt_out_confirmation", "opt_in_confirmation", "help", "holding". */
  purpose: string;
  /** A repeated request is the same message. */
  request_key: string;
  /** waiting → sending (saved before the carrier is asked) → sent | failed | refused | unknown. */
  state: "waiting" | "sending" | "sent" | "failed" | "refused" | "unknown";
  provider_ref: string | null;
  attempts: number;
  error: string | null;
  created_at: number;
  sending_at: number | null;
  settled_at: number | null;
  /** As engagements.restored_at. */
  restored_at: Generated<number | null>;
}

/** The exchange of messages of one outreach: who answers, and how much was said. */
export interface ConversationTable {
  engagement_id: string;
  tenant: string;
  /** Who answers the contact: "agent", "automated" or "nobody" (closed). */
  answers: "agent" | "automated" | "nobody";
  last_inbound_at: number | null;
  last_outbound_at: number | null;
  /** Automated answers so far. */
  turns: number;
  /** Millionths of a US dollar the model has cost. */
  cost_micros: number;
  /** Why an agent has to look, in a sentence; null when nobody has to. */
  needs_agent: string | null;
  closed_at: number | null;
  closed_why: string | null;
  opened_at: number;
  updated_at: number;
}

/**
 * How far a mailbox was read (RFC 3501: UIDs mean something under one UIDVALIDITY only). `folder` "(twilio)": what Twilio
 * keeps, which is asked for by time: `last_uid` is when it was read last, epoch ms.
 */
export interface MailboxTable {
  tenant: string;
  folder: string;
  uid_validity: string;
  last_uid: number;
  checked_at: number;
  error: string | null;
}

/** Somebody who is not to be contacted. Rows are ended, never deleted: they are the record that the wish was honoured. */
export interface SuppressionTable {
  id: Generated<number>;
  tenant: string;
  kind: "opt_out" | "do_not_call";
  /** E.164 or lower-case address; null where only the person is known. */
  contact: string | null;
  person_id: string | null;
  crm_account_id: string | null;
  /** "all", or the channel it holds for. */
  scope: string;
  /** "keyword", "free_text", "voice", "unsubscribe_link", "agent", "console", "crm_tag", "carrier", "import". */
  source: string;
  /** What they said, or where it came from. */
  said: string | null;
  engagement_id: string | null;
  created_by: string | null;
  created_at: number;
  ended_at: number | null;
  ended_by: string | null;
}

/** Every attempt to contact somebody, or the rule that stopped it. */
export interface ContactLedgerTable {
  id: Generated<number>;
  at: number;
  tenant: string;
  engagement_id: string | null;
  campaign_id: string | null;
  channel: string;
  contact: string | null;
  person_id: string | null;
  user_id: string | null;
  /** "queue": when it was asked for; "launch": right before it went out; "message": a further message. */
  stage: "queue" | "launch" | "message";
  decision: "allowed" | "held" | "refused";
  /** The rule that held or refused it. */
  rule: string | null;
  /** JSON: zones and local times looked at, next allowed time, counts. */
  detail: string | null;
}
