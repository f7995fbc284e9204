// The state of the pretend Follow Up Boss, with direct access for tests. Built by create-sandbox.
import type { SandboxAccount, SandboxClock, SandboxSmartList } from "../sandbox-types.ts";
import { createUserActions, type UserActions } from "../webhooks/act-as-user.ts";
import { createDispatcher, type Dispatcher } from "../webhooks/create-dispatcher.ts";
import {
  defaultWebhookOptions,
  type SandboxWebhook,
  type SandboxWebhookEvent,
  type WebhookDelivery,
  type WebhookOptions,
} from "../webhooks/webhook-types.ts";
import { createFaults, type Faults } from "./take-fault.ts";

export type RateContext = "global" | "events" | "notes" | "PUT.people" | "POST.events";

/** Requests per ten seconds; `null` means no limit. */
export type RateLimits = Record<RateContext, { registered: number; unregistered: number } | null>;

export interface FubSystem {
  name: string;
  key: string;
}

/** One request as it came in and how it was answered. */
export interface LoggedRequest {
  seq: number;
  /** Epoch ms on the sandbox's clock. */
  at: number;
  method: string;
  /** Without `/v1` and query, e.g. `/people/7`. */
  path: string;
  query: Record<string, string>;
  /** Parsed JSON; the raw text when it was not JSON; null when there was none. */
  body: unknown;
  system: string | null;
  systemKey: string | null;
  /** Whose key it was; null when the key was not accepted. */
  domain: string | null;
  userId: number | null;
  /** As answered (or as it would have been, had `answered` not been false). */
  status: number;
  /** False while the answer is on its way, and for good when a fault swallowed it. */
  answered: boolean;
  /** The fault that hit it, when one did. */
  fault: string | null;
}

/** A request that came although a 429 of its account had asked for patience. */
export interface Violation {
  at: number;
  domain: string;
  method: string;
  path: string;
  /** Milliseconds that were still to wait. */
  earlyByMs: number;
}

export interface FubWorldOptions {
  limits: RateLimits;
  systems: FubSystem[];
  /** A person made by POST /events is unknown elsewhere for so long. */
  newPersonDelayMs: number;
  /** Origin printed in nextLink; null means the sandbox's own. Documentation examples carry a foreign one. */
  nextLinkOrigin: string | null;
  /** How GET /people goes on: after an id, which survives changes, or at a place, which shifts when the list changes. */
  peopleTokens: "keyset" | "offset";
  /** GET /people of a list that is gone or somebody else's: a 404, or (not documented, so to be reckoned with) nobody. */
  missingList: "404" | "empty";
  /** Collections whose `_metadata.total` is a text, as seen on customFields (facts, section 4). */
  textTotals: string[];
  /** Real ms before anything is answered, for benches. */
  latencyMs: number;
  /** How deliveries are written, sent, tried again and given up. */
  webhooks: WebhookOptions;
}

/**
 * Called when page `page` (from 1) of a list has been put together for one user, just before it is sent: what it changes
 * shows on later pages.
 */
export type ListPageHook = (page: number, account: SandboxAccount, list: SandboxSmartList) => void;

/** What users do by hand can be asked of it directly: addTag, removeTag, setStage, deletePeople. */
export interface FubWorld extends UserActions {
  accounts: SandboxAccount[];
  options: FubWorldOptions;
  requests: LoggedRequest[];
  faults: Faults;
  /** How many requests came before a Retry-After had ended; each one is in `violationLog`. */
  violations: number;
  violationLog: Violation[];
  clock: SandboxClock;
  /** Hits per `account id/context`, epoch ms, oldest first. */
  hits: Map<string, number[]>;
  /** Epoch ms until which an account must not send, by account id. */
  penalties: Map<number, number>;
  /** Lets a list change while it is paged; null for none. */
  onListPage: ListPageHook | null;
  /** Pages served so far per `account id/user id/list id`, since its first page was last asked for. */
  listPages: Map<string, number>;
  /** Of all accounts and systems. */
  webhooks: SandboxWebhook[];
  /** What happened while somebody had a webhook for it, oldest first. */
  webhookEvents: SandboxWebhookEvent[];
  /** Every delivery, oldest first. */
  deliveries: WebhookDelivery[];
  /** Sends them; `hold()` and `release()` make it wait. */
  dispatcher: Dispatcher;
  account(domain: string): SandboxAccount;
  /** Next free number of a list of one account: ids are per account. */
  nextId(list: readonly { id: number }[]): number;
  /** The clock's time as Follow Up Boss writes it: ISO 8601 UTC, whole seconds. */
  stamp(): string;
  /** Back to the accounts given at the start; log, faults, counters and options as new. */
  reset(): void;
}

/** The registered system of a world nobody configured. */
export const SANDBOX_SYSTEM: FubSystem = { name: "Aventora", key: "sandbox-system-key" };

/** Vendor docs as read in August 2026 (facts, section 3). */
export function defaultLimits(): RateLimits {
  return {
    global: { registered: 250, unregistered: 125 },
    events: { registered: 20, unregistered: 10 },
    notes: { registered: 10, unregistered: 10 },
    "PUT.people": { registered: 25, unregistered: 25 },
    "POST.events": null,
  };
}

const defaultOptions = (webhooks: Partial<WebhookOptions>): FubWorldOptions => ({
  limits: defaultLimits(),
  systems: [{ ...SANDBOX_SYSTEM }],
  newPersonDelayMs: 0,
  nextLinkOrigin: null,
  peopleTokens: "keyset",
  missingList: "404",
  textTotals: [],
  latencyMs: 0,
  webhooks: { ...defaultWebhookOptions(), ...webhooks },
});

/** A world of its own copy of `accounts`; `webhooks` holds after a reset as well. */
export function createFubWorld(
  accounts: readonly SandboxAccount[],
  clock: SandboxClock,
  webhooks: Partial<WebhookOptions> = {},
): FubWorld {
  const initial = structuredClone([...accounts]);
  const world: FubWorld = {
    accounts: structuredClone(initial),
    options: defaultOptions(webhooks),
    requests: [],
    faults: createFaults(),
    violations: 0,
    violationLog: [],
    clock,
    hits: new Map(),
    penalties: new Map(),
    onListPage: null,
    listPages: new Map(),
    webhooks: [],
    webhookEvents: [],
    deliveries: [],
    dispatcher: createDispatcher(() => world),
    ...createUserActions(() => world),
    account(domain) {
      const found = world.accounts.find((account) => account.domain === domain);
      if (!found) throw new Error(`The sandbox has no account ${domain}`);
      return found;
    },
    nextId: (list) => list.reduce((highest, { id }) => Math.max(highest, id), 0) + 1,
    stamp: () => new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, "Z"),
    reset() {
      world.accounts = structuredClone(initial);
      world.options = defaultOptions(webhooks);
      world.requests = [];
      world.faults.clear();
      world.violations = 0;
      world.violationLog = [];
      world.hits.clear();
      world.penalties.clear();
      world.onListPage = null;
      world.listPages.clear();
      world.dispatcher.stop();
      world.webhooks = [];
      world.webhookEvents = [];
      world.deliveries = [];
    },
  };
  return world;
}
