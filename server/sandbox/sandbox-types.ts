// What a pretend Follow Up Boss account is made of. Used by every room of the sandbox and by tests that build their own.

/** 0 or 1, as Follow Up Boss writes some flags. */
export type Flag = 0 | 1;

export interface SandboxUser {
  id: number;
  name: string;
  firstName: string;
  lastName: string;
  email: string;
  /** Free format as typed by the person; may be "". */
  phone: string;
  role: "Agent" | "Broker" | "Lender";
  isOwner: boolean;
  isAdmin: boolean;
  /** `fka_…`; what HTTP Basic takes as user name. */
  apiKey: string;
}

export interface SandboxPhone {
  value: string;
  type: string;
  status: string;
  isPrimary: Flag;
  /** Ten digits for North American numbers, all digits otherwise. */
  normalized: string;
  isLandline: boolean | null;
  /** Not 0: somebody else's number, kept on this person. */
  relationshipId: number;
}

export interface SandboxEmail {
  value: string;
  type: string;
  status: string;
  isPrimary: Flag;
}

export interface SandboxPerson {
  id: number;
  /** ISO 8601 UTC with Z, whole seconds. */
  created: string;
  updated: string;
  createdVia: string;
  firstName: string;
  lastName: string;
  stage: string;
  source: string;
  sourceUrl: string;
  contacted: Flag;
  price: number | null;
  background: string;
  assignedUserId: number | null;
  /** Users the person is shared with, besides the assigned one. */
  collaborators: number[];
  tags: string[];
  phones: SandboxPhone[];
  emails: SandboxEmail[];
  addresses: unknown[];
  /** Custom fields by their API name (`customXyz`). */
  custom: Record<string, unknown>;
  trashed: boolean;
  claimed: boolean;
  /** Epoch ms from which other endpoints know the person (docs, common issues). */
  reachableAt: number;
}

export interface SandboxNote {
  id: number;
  created: string;
  updated: string;
  createdById: number;
  updatedById: number;
  personId: number;
  subject: string;
  body: string;
  isHtml: boolean;
  systemName: string | null;
}

export interface SandboxCall {
  id: number;
  created: string;
  updated: string;
  createdById: number;
  updatedById: number;
  personId: number;
  userId: number;
  phone: string;
  note: string | null;
  outcome: string | null;
  isIncoming: boolean;
  duration: number | null;
  toNumber: string | null;
  fromNumber: string | null;
  recordingUrl: string | null;
  systemName: string | null;
}

export interface SandboxEvent {
  id: number;
  created: string;
  updated: string;
  personId: number;
  type: string;
  source: string;
  message: string;
  description: string;
  property: unknown;
}

export interface SandboxSmartList {
  id: number;
  name: string;
  isFub2: boolean;
  description: string | null;
  shared: boolean;
  createdById: number;
  /** Who is in it: everyone who satisfies all that is given. */
  members: { personIds?: number[]; tag?: string; stage?: string };
  /** Ids in the order the list is shown, where somebody sorted it; others follow, newest first. Its pages have offset tokens. */
  order?: number[];
}

export interface SandboxApp {
  name: string;
  kind: "embed" | "campaign";
  /** On the gateway, e.g. `/integration/followupboss/embed`. */
  path: string;
  /** 32 hex characters; used as ASCII text, never hex-decoded. */
  secret: string;
  /** What the registered address already carries, without `?`. */
  query?: string;
}

export interface SandboxAccount {
  id: number;
  /** Subdomain of followupboss.com. */
  domain: string;
  name: string;
  owner: { name: string; email: string };
  users: SandboxUser[];
  people: SandboxPerson[];
  smartLists: SandboxSmartList[];
  notes: SandboxNote[];
  calls: SandboxCall[];
  events: SandboxEvent[];
  apps: SandboxApp[];
  /** Unpaid: 403 for most endpoints, POST /events still accepted. */
  expired: boolean;
  /** Sources whose lead flow is archived: POST /events answers 204 and drops the event. */
  archivedSources: string[];
}

/** The sandbox's time; tests pass one they move themselves. */
export interface SandboxClock {
  now(): number;
  /** Resolves after `ms` of its time, or at once when the signal aborts. Left out: what waits does so in real time. */
  sleep?(ms: number, signal?: AbortSignal): Promise<void>;
}
