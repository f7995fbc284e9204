// What any CRM must do for the gateway. followupboss/ and rollout/ implement it; flows know this file only.
// Every call may throw GatewayError with a crm_* code and a retry hint; nothing here retries.
import type { CrmRecord, RecordQuery } from "./crm-record.ts";

/** Whose key a call is made with. `id` is safe to log and store (a fingerprint, never the key). */
export interface CrmAccess {
  readonly id: string;
  /** The API key; at Rollout the id of the connected account (credential). */
  readonly key: string;
  /** Present: the account is reached through Rollout, for this consumer (the token's `sub`). */
  readonly rollout?: { readonly consumerKey: string };
  /** True: a key of the pretend Follow Up Boss of a rehearsal; it never leaves this machine. */
  readonly practice?: true;
}

/** `interactive`: a person is waiting (embed page). Served before `launch`, before `sync`, before `listing`. */
export type CrmPriority = "interactive" | "launch" | "sync" | "listing";

export interface CrmCallOptions {
  readonly access: CrmAccess;
  readonly priority: CrmPriority;
  /** Whole time allowed in ms, waiting in the rate lane included. Default 15,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface CrmIdentity {
  readonly accountId: string;
  readonly accountDomain: string | null;
  readonly accountName: string | null;
  readonly userId: string;
  readonly userName: string | null;
  readonly userEmail: string | null;
  readonly role: string | null;
  /** null when the CRM does not say. */
  readonly isOwner: boolean | null;
  readonly isAdmin: boolean | null;
}

export interface CrmUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly role: string | null;
}

export interface CrmPhone {
  readonly value: string;
  /** E.164 where the value is a complete number. */
  readonly e164: string | null;
  readonly type: string | null;
  readonly status: string | null;
  readonly isPrimary: boolean;
  readonly isLandline: boolean | null;
  /** Not null: the number is somebody else's (a relationship of the person). */
  readonly relationshipId: string | null;
}

export interface CrmEmail {
  readonly value: string;
  readonly type: string | null;
  readonly status: string | null;
  readonly isPrimary: boolean;
  readonly relationshipId: string | null;
}

/** Where somebody lives or works, as far as calling hours need it. */
export interface CrmAddress {
  readonly state: string | null;
  readonly postcode: string | null;
  readonly country: string | null;
}

export interface CrmPerson {
  readonly id: string;
  readonly name: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phones: readonly CrmPhone[];
  readonly emails: readonly CrmEmail[];
  readonly tags: readonly string[];
  readonly stage: string | null;
  readonly assignedUserId: string | null;
  /** When it was last changed, epoch ms, as exact as the CRM says it; absent where it does not. */
  readonly updatedAt?: number;
  /** Ways the person agreed to (true) or declined (false), where the CRM says so; Follow Up Boss does not. */
  readonly consent?: { readonly phone?: boolean; readonly text?: boolean; readonly email?: boolean };
  /** Absent where none is known; the context of an embedded app has none. */
  readonly addresses?: readonly CrmAddress[];
}

export interface NewPerson {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** Text of the event that introduces the person. */
  readonly message: string;
}

/** `created` tells a person made by this call: such a person may answer "not found" for a while. */
export interface EnsuredPerson {
  readonly id: string;
  readonly created: boolean;
}

export interface CrmNote {
  readonly personId: string;
  readonly subject: string;
  readonly body: string;
}

export interface CrmCallRecord {
  readonly personId: string;
  /** The contact's number. */
  readonly phone: string;
  readonly fromNumber: string | null;
  readonly toNumber: string | null;
  readonly isIncoming: boolean;
  /** One of FUB_CALL_OUTCOMES, or null to leave it out. */
  readonly outcome: string | null;
  /** Seconds. */
  readonly duration: number;
  readonly note: string;
  /** Given only with an account key: whom the call is attributed to. */
  readonly userId: string | null;
  /** Where its recording can be heard; left out while there is none. */
  readonly recordingUrl?: string;
}

/** What may still change on a call record that was written. */
export type CrmCallChange = Pick<CrmCallRecord, "outcome" | "duration" | "note" | "recordingUrl">;

export interface CrmSmartList {
  readonly id: string;
  readonly name: string;
}

/** One page of a list's people. Lists move while they are read: nobody promises that a person comes only once. */
export interface CrmListPage {
  readonly people: readonly CrmPerson[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
  /** People on the list as the CRM counts them now; null when it does not say. */
  readonly total: number | null;
}

/** One webhook of this system in the CRM's account. */
export interface CrmWebhook {
  readonly id: string;
  readonly event: string;
  readonly url: string;
  /** "active", "disabled", or whatever else the CRM calls it, in lower case. */
  readonly status: string;
}

/** An event that was (or should have been) delivered, looked up by its id. */
export interface CrmEvent {
  /** As it was asked for. */
  readonly eventId: string;
  readonly event: string;
  /** Epoch ms; null when the CRM does not say. */
  readonly createdAt: number | null;
  readonly resourceIds: readonly string[];
  /** Tags that were added, where the CRM says so; a look-up need not. */
  readonly tags: readonly string[];
}

export interface Crm {
  /** Whose key this is. The connection test. */
  identity(options: CrmCallOptions): Promise<CrmIdentity>;
  user(id: string, options: CrmCallOptions): Promise<CrmUser>;
  users(options: CrmCallOptions): Promise<CrmUser[]>;
  /** null when the CRM does not show this person to the key. */
  person(id: string, options: CrmCallOptions): Promise<CrmPerson | null>;
  /** First person with this number (E.164) or address; null when nobody has it. */
  findPerson(
    by: { phone: string | null; email: string | null },
    options: CrmCallOptions,
  ): Promise<CrmPerson | null>;
  /** Introduces a person (FUB: POST /events; where the lead flow is archived: look up, then POST /people). */
  introducePerson(person: NewPerson, options: CrmCallOptions): Promise<EnsuredPerson>;
  addNote(note: CrmNote, options: CrmCallOptions): Promise<{ id: string }>;
  /** The note on this person whose body contains `marker`: how a note of unknown fate is found again. */
  findNote(personId: string, marker: string, options: CrmCallOptions): Promise<{ id: string } | null>;
  addCall(call: CrmCallRecord, options: CrmCallOptions): Promise<{ id: string }>;
  updateCall(id: string, change: CrmCallChange, options: CrmCallOptions): Promise<void>;
  findCall(personId: string, marker: string, options: CrmCallOptions): Promise<{ id: string } | null>;
  /** The newest notes or calls on a person: all that were made since `since` (epoch ms), perhaps earlier ones. */
  recordsOf(personId: string, which: RecordQuery, options: CrmCallOptions): Promise<CrmRecord[]>;
  /** Sets or takes away one tag of a person; done as well when it was so already, or the person is gone. */
  setTag(
    personId: string,
    change: { readonly tag: string; readonly on: boolean },
    options: CrmCallOptions,
  ): Promise<void>;
  /** Every Smart List the key's user may see. Rollout does not tell who is on one: crm_unsupported. */
  smartLists(options: CrmCallOptions): Promise<CrmSmartList[]>;
  /** 100 people of a Smart List; those in the trash are left out by the CRM. `next` null begins at the start. */
  smartListPage(id: string, next: string | null, options: CrmCallOptions): Promise<CrmListPage>;
  /** How many people are on a Smart List; null when the CRM does not say. */
  smartListSize(id: string, options: CrmCallOptions): Promise<number | null>;
  /** Everybody of `ids` whom the key may see; whoever is unknown, deleted or hidden is left out. Any number of ids. */
  peopleByIds(ids: readonly string[], options: CrmCallOptions): Promise<CrmPerson[]>;
  /**
   * 100 people who carry the tag (case and blanks forgiven), last changed first; `since` (epoch ms) leaves out those
   * not changed after it. `next` null begins at the start. A page may hold fewer, or nobody, and still not be the last.
   */
  peopleWithTag(
    tag: string,
    since: number | null,
    next: string | null,
    options: CrmCallOptions,
  ): Promise<CrmListPage>;
  /** All webhooks of this system in the account; crm_forbidden when the key is not the owner's. */
  webhooks(options: CrmCallOptions): Promise<CrmWebhook[]>;
  /** Not to be called blindly: FUB takes two per event and system, and refuses a third (crm_invalid). */
  addWebhook(
    webhook: { readonly event: string; readonly url: string },
    options: CrmCallOptions,
  ): Promise<CrmWebhook>;
  updateWebhook(
    id: string,
    change: { readonly url?: string; readonly status?: "active" | "disabled" },
    options: CrmCallOptions,
  ): Promise<void>;
  /** Done as well when it was gone already. */
  removeWebhook(id: string, options: CrmCallOptions): Promise<void>;
  /** One event by its id, with dashes or without; null when the CRM does not know it (any more). Rollout: crm_unsupported. */
  webhookEvent(eventId: string, options: CrmCallOptions): Promise<CrmEvent | null>;
  /** Lanes with their use and queue, for the console. */
  lanes(): CrmLane[];
}

export interface CrmLane {
  readonly account: string;
  readonly context: string;
  /** Requests per window as learned. */
  readonly limit: number;
  readonly windowMs: number;
  readonly used: number;
  readonly waiting: number;
  /** The same by urgency. */
  readonly waitingBy: Readonly<Record<CrmPriority, number>>;
  /** Epoch ms until which the account is paused by Retry-After; null when it is not. */
  readonly pausedUntil: number | null;
}
