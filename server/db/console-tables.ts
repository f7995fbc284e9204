// The tables of the console as the stores see them. Conventions as in schema.ts, which they are part of.
import type { Generated } from "kysely";

/** One row while nothing new may go out; none otherwise. */
export interface OutreachPauseTable {
  /** "all": the switch is one for the whole gateway. */
  scope: string;
  paused_by: string;
  paused_at: number;
}

/** An embed whose signature fitted no secret; the same again is counted, not added. */
export interface EmbedRefusalTable {
  id: Generated<number>;
  /** Digest of all that tells it from others. */
  print: string;
  /** "embed" or "campaign". */
  app: string;
  tenant: string | null;
  account_domain: string | null;
  /** One of SECRET_MISTAKES. */
  mistake: string;
  /** JSON list of the names of the secrets that were tried, in order; never a secret. */
  tried: string;
  /** Name of the secret that would have fitted; null when none does. */
  fits: string | null;
  /** How it would have. */
  fits_how: string | null;
  times: number;
  first_at: number;
  last_at: number;
}

/** A link that lets somebody look at the console for a while; the token itself is nowhere. */
export interface SupportLinkTable {
  id: string;
  token_digest: string;
  created_at: number;
  until: number;
  last_used_at: number | null;
}

/** A step of the guide that a person said is done, where the gateway cannot see it. */
export interface GuideTickTable {
  /** Tenant, step and agent, joined by "/"; the agent is empty where the step is the brokerage's. */
  id: string;
  tenant: string;
  ticked_at: number;
}

/** SQLite only: the index of the journal's words, by seq. Filled by triggers, in each entry's own transaction. */
export interface JournalWordsTable {
  rowid: number;
  /** The table's own name is how a search is said. */
  journal_words: string;
}

/** SQLite only: every word of the index, once for each time it stands somewhere. */
export interface JournalTermsTable {
  term: string;
}
