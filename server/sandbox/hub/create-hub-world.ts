// The state of the pretend Aventora Engagement Hub, with direct access for tests. Built by create-sandbox.

import type { SandboxClock } from "../sandbox-types.ts";
import type { HubBatch, HubBulkBehaviour } from "./bulk-types.ts";

/** How the Hub misbehaves; nothing set means well-behaved. */
export interface HubBehaviour {
  /** Webhooks leave so many ms late. */
  late?: number;
  /** Every webhook is sent twice. */
  twice?: boolean;
  /** The final snapshot first, then the earlier ones. */
  outOfOrder?: boolean;
  /** No webhook at all; only polling tells. */
  never?: boolean;
  /** Webhooks carry another secret. */
  wrongSecret?: boolean;
  /** The start is stored, but its answer never comes. */
  startTimesOut?: boolean;
  /** The start is refused with this status (say 503) and not stored. */
  startFails?: number;
  /** Statuses in odd spellings ("In Progress", "Done") with a word nobody knows among them. */
  unknownStatuses?: boolean;
  /** A row of a batch for this contact is left out in these words: "Row 7: skipped — …". */
  rowRefused?: string;
}

export interface HubEntry {
  at: string;
  event: string;
  detail: string;
}

export interface HubLine {
  at: string;
  direction: "inbound" | "outbound";
  text: string;
}

/** Members of a lifecycle payload, and of a status answer (facts/aventora-hub.md, section 6). */
export interface HubSnapshot {
  engagement_id: string;
  person_id: string | null;
  status: string;
  outcome: string | null;
  summary: string;
  started_at: string | null;
  completed_at: string | null;
  history: HubEntry[];
  transcript: HubLine[];
  channel: string;
  type: string;
  contact_identifier: string;
  direction: "inbound" | "outbound";
  call_sid: string;
  domain_name: string;
}

export type HubEventType = "engagement.created" | "engagement.updated";

export interface HubStart {
  at: number;
  /** The body as sent. */
  body: Record<string, unknown>;
  headers: Record<string, string>;
  /** As answered; null when the answer was swallowed. */
  status: number | null;
  engagement_id: string | null;
}

export interface HubDelivery {
  at: number;
  payload: HubSnapshot & { event_type: string; delivery_type: string; sent_at: string };
  /** What the receiver answered; null when it could not be reached. */
  status: number | null;
}

export interface HubEngagement {
  snapshot: HubSnapshot;
  behaviour: HubBehaviour;
  /** Seconds of talk, once completed. */
  duration: number;
  /** What is still to happen, in order. */
  pending: (() => void)[];
  /** Kept back to be sent after the final snapshot. */
  held: { snapshot: HubSnapshot; eventType: HubEventType }[];
  /** The status shown before a pause. */
  resumeAs: string;
}

export interface HubWebhook {
  url: string;
  /** Sent in X-Aventora-Webhook-Secret; nothing is sent when empty. */
  secret: string;
}

export interface HubState {
  /** Keys with `call_management`, any of which opens everything. */
  apiKeys: string[];
  /** Where lifecycle webhooks go, by domain_name; `*` for all others, nothing for none. */
  webhooks: Record<string, HubWebhook>;
  /** For engagements nothing else is said about. */
  behaviour: HubBehaviour;
  /** For one contact (number or address as started); goes before `behaviour`. */
  behaviours: Map<string, HubBehaviour>;
  /** Real ms between the steps of an engagement. */
  stepMs: number;
  /** Set: the Hub itself writes to the pretend Follow Up Boss with this key when an engagement is done. */
  writesToFub: { apiKey: string } | null;
  bulk: HubBulkBehaviour;
  starts: HubStart[];
  /** Every submit, refused and lost ones included. */
  batches: HubBatch[];
  engagements: Map<string, HubEngagement>;
  deliveries: HubDelivery[];
  /** Numbers ending in 06 that have failed once. */
  failedOnce: Set<string>;
  /** The last webhook of each engagement, sent or about to be. */
  lines: Map<string, Promise<void>>;
  /** Work under way, so that `settle` can wait for it. */
  track(work: Promise<void>): void;
  /** Resolves when no step and no webhook is under way. */
  settle(): Promise<void>;
  /** The clock's time, ISO 8601 UTC. */
  stamp(): string;
  now(): number;
  /** As new; engagements under way send nothing more. */
  reset(): void;
}

export interface HubWorld extends HubState {
  /** A call somebody made to the brokerage: webhooks for an engagement nobody started. Returns its call_sid. */
  emitInbound(call: InboundCall): string;
}

export interface InboundCall {
  domain_name: string;
  phone_number: string;
  text?: string;
}

export const HUB_KEY = "sandbox-hub-key";

export function createHubState(clock: SandboxClock): HubState {
  const underWay = new Set<Promise<void>>();
  const state: HubState = {
    ...freshState(),
    track(work) {
      const done = work.catch(() => undefined).finally(() => underWay.delete(done));
      underWay.add(done);
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stamp: () => new Date(clock.now()).toISOString(),
    now: () => clock.now(),
    reset: () => {
      Object.assign(state, freshState());
    },
  };
  return state;
}

const freshState = () => ({
  apiKeys: [HUB_KEY],
  webhooks: {},
  behaviour: {},
  behaviours: new Map<string, HubBehaviour>(),
  stepMs: 20,
  writesToFub: null,
  bulk: {},
  starts: [],
  batches: [],
  engagements: new Map<string, HubEngagement>(),
  deliveries: [],
  failedOnce: new Set<string>(),
  lines: new Map<string, Promise<void>>(),
});
