// What the pretend Rollout keeps: connected accounts with their records in the shapes of the Universal CRM API, what is
// registered, and what was sent. Used by this room and by tests that build their own worlds.
import type { DeliveryAttempt } from "../webhooks/webhook-types.ts";

/** Part of every record: ids are UUID texts, times ISO 8601 UTC. */
interface RolloutRecord {
  id: string;
  created: string;
  updated: string | null;
  /** The record's id in the CRM behind the credential, by the name of that CRM. */
  originalIds: Record<string, string | number>;
  /** The record as that CRM has it, by its name. */
  original: Record<string, Record<string, unknown>>;
}

export interface RolloutContactPoint {
  /** As the CRM has it: no format is promised. */
  value: string;
  type: string;
  status: string;
  isPrimary: boolean | null;
}

export interface RolloutAddress {
  type: string;
  street: string;
  city: string;
  state: string;
  code: string;
  country: string;
}

export type RolloutChannel = "email" | "call" | "text" | "massEmail" | "postalMail" | "visit";

export interface RolloutPerson extends RolloutRecord {
  name: string;
  firstName: string;
  lastName: string;
  assignedUserId: string | null;
  officeId: string | null;
  stage: string;
  stageId: string;
  tags: string[] | null;
  addresses: RolloutAddress[];
  emails: RolloutContactPoint[];
  phones: RolloutContactPoint[];
  source: string;
  averageBeds: number | null;
  averagePrice: number | null;
  birthday: string | null;
  lastActivity: string | null;
  lastActivityType: string;
  contactTypes: string[];
  jobTitle: string;
  companyName: string;
  /** Absent: nobody said. */
  communicationsConsent: Partial<Record<RolloutChannel, boolean>>;
}

export interface RolloutUser extends RolloutRecord {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  role: string;
  status: string;
  timezone: string;
  teamId: string | null;
  address: RolloutAddress | null;
  username: string;
  type: string;
  offices: { id: string }[];
}

export interface RolloutNote extends RolloutRecord {
  personId: string | null;
  subject: string;
  body: string;
  isHtml: boolean;
}

export interface RolloutCall extends RolloutRecord {
  personId: string | null;
  userId: string | null;
  phone: string;
  note: string;
  isIncoming: boolean;
  outcome: string;
  duration: number | null;
  toNumber: string | null;
  fromNumber: string | null;
  recordingUrl: string | null;
}

/** Its conditions only: no endpoint tells who is in it. */
export interface RolloutSmartList extends RolloutRecord {
  name: string;
  description: string;
  isFub2: boolean;
  shared: boolean;
  userId: string | null;
  conditions: { fld: string; opr: string; num: string | null; unit: string; val: (string | number)[] }[][];
  sortBy: string;
  columns: { name: string; enabled: boolean; width?: number }[];
  sharedWith: { userIds: (string | number)[]; teamIds: (string | number)[] };
}

export interface RolloutWebhook {
  id: string;
  /** No endpoint changes it; a test does. */
  status: "Active" | "Disabled";
  event: string;
  url: string;
  filters: Record<string, { equals: string }>;
}

/** One connected account. */
export interface RolloutCredential {
  id: string;
  /** Only tokens with this `sub` may use it. */
  consumerKey: string;
  appKey: string;
  /** False: the first sync is not over, and everything answers 409. */
  ready: boolean;
  /** Opted in when the account was connected. Not in: lists stay empty and nothing is told (not documented, assumed). */
  entities: { calls: boolean; notes: boolean };
  users: RolloutUser[];
  people: RolloutPerson[];
  calls: RolloutCall[];
  notes: RolloutNote[];
  smartLists: RolloutSmartList[];
  webhooks: RolloutWebhook[];
}

export interface RolloutSettings {
  /** `iss` of tokens. */
  clientId: string;
  /** HS512 key of tokens. */
  clientSecret: string;
  /** Signs deliveries; the vendor says it is the client secret. */
  webhookSecret: string;
  /** What is signed: base64 of the body (the vendor's newer page) or the body itself (the older one). */
  signature: "base64" | "raw";
  /** Whether peopleTagsCreated carries `data.tags`; the docs do not say, so by default it does not. */
  webhookTags: boolean;
  /** Ms between one attempt and the next; a delivery is given up when they are used up. The vendor names no times. */
  retryMs: number[];
  /** Time to answer a delivery. */
  timeoutMs: number;
  /** Each delivery goes out twice: at least once is what is promised. */
  twice: boolean;
  /** Per `sub`, in a sliding second; null for no limit. */
  requestsPerSecond: number | null;
  /** Real ms before anything is answered. */
  latencyMs: number;
}

/** What a sandbox is made with; `buildRolloutCredential` and `rolloutWorld` make credentials. */
export interface RolloutOptions extends Partial<RolloutSettings> {
  /** Copied. */
  credentials?: readonly RolloutCredential[];
  /** Ids of credentials whose first sync is not over yet. */
  notReady?: readonly string[];
}

/** One event on its way to one webhook (or to the address of the sync-completed callback). */
export interface RolloutDelivery {
  /** Epoch ms on the sandbox's clock. */
  at: number;
  credentialId: string;
  /** null for the sync-completed callback. */
  webhookId: string | null;
  url: string;
  /** `syncCompleted` for the callback, whose body names no event. */
  event: string;
  /** "" for the callback. */
  eventId: string;
  resourceIds: string[];
  /** Exactly the text that is sent, and its X-Rollout-Signature. */
  body: string;
  signature: string;
  attempts: DeliveryAttempt[];
  /** As last answered; null before, and when no answer came. */
  status: number | null;
  /** `ended`: the webhook was removed or disabled meanwhile. */
  state: "waiting" | "delivered" | "given_up" | "ended";
}

/** One request as it came in and how it was answered. */
export interface RolloutLoggedRequest {
  seq: number;
  /** Epoch ms on the sandbox's clock. */
  at: number;
  method: string;
  /** Without `/rollout/api` and query, e.g. `/people`. */
  path: string;
  query: Record<string, string>;
  /** Parsed JSON; the text when it was no JSON or not said to be; null when there was none. */
  body: unknown;
  credentialId: string | null;
  /** Of the token; null when it was not accepted. */
  sub: string | null;
  /** As answered (or as it would have been, had `answered` not been false). */
  status: number;
  answered: boolean;
  /** The fault that hit it, when one did. */
  fault: string | null;
}

const SECOND = 1000;

export const defaultRolloutSettings = (): RolloutSettings => ({
  clientId: "rollout-client",
  clientSecret: "rollout-secret-0123456789abcdef",
  webhookSecret: "rollout-secret-0123456789abcdef",
  signature: "base64",
  webhookTags: false,
  retryMs: [5 * SECOND, 30 * SECOND, 120 * SECOND, 600 * SECOND, 1800 * SECOND],
  timeoutMs: 10 * SECOND,
  twice: false,
  requestsPerSecond: 50,
  latencyMs: 0,
});
