// What the browser tests of Webhooks show: places, deliveries, refused ones, the secret doctor, forwarding.
import type { RefusedEmbed, SecretDoctor } from "../../shared/console/secret-doctor.schema.ts";
import type { WebhookSlot } from "../../shared/console/webhook-slots.schema.ts";
import type { Delivery, DeliveryDetail } from "../../shared/delivery.schema.ts";
import type { Forward, TargetHealth } from "../../shared/fan-out.schema.ts";
import { WEBHOOK_EVENTS } from "../../shared/webhook.schema.ts";
import { ago, FULL, HEBREW, LONG_SLUG } from "./console-samples.ts";
import type { Answers, Asked } from "./console-stub.ts";

const HOOK = "https://gateway.example.com/integration/followupboss/webhook/fub-test";
export const slot = (event: string, changes: Partial<WebhookSlot> = {}): WebhookSlot => ({
  ...{ domain_name: "fub-test", account: "", event, meaning: WEBHOOK_EVENTS[event] ?? null, url: HOOK },
  ...{ result: "kept", holders: [], sentence: null, checked_at: Date.now() - 600_000 },
  last_received_at: ago(180),
  ...changes,
});
export const SLOTS: readonly WebhookSlot[] = [
  slot("peopleTagsCreated"),
  slot("peopleDeleted", {
    result: "full",
    holders: [
      "https://hooks.other-crm-tool.example/fub",
      "https://a-very-long-host-name-of-a-program.example.org/x",
    ],
    last_received_at: null,
  }),
  slot("peopleUpdated", { result: "woken", holders: ["https://hooks.other-crm-tool.example/fub"] }),
  slot("peopleTagsCreated", {
    ...{ domain_name: LONG_SLUG, account: "7003", result: "failed", last_received_at: null },
    sentence: "Follow Up Boss lets only the account's owner register webhooks, and this key belongs to Dev.",
  }),
];

const EVENTS = ["peopleTagsCreated", "peopleUpdated", "notesCreated", "peopleDeleted"] as const;
const STATES = ["done", "stored", "waiting", "failed"] as const;
const RESULTS = {
  done: "1 outreach was started: Nivia Jones, by phone.",
  stored: null,
  waiting: null,
  failed: `Follow Up Boss did not accept the brokerage's key, so ${HEBREW} could not be read.`,
} as const;
export const delivery = (id: number, changes: Partial<Delivery> = {}): Delivery => {
  const event = EVENTS[id % EVENTS.length] ?? "peopleUpdated";
  const state = STATES[id % STATES.length] ?? "done";
  return {
    ...{ id, domain_name: id % 7 === 0 ? LONG_SLUG : "fub-test", source: "followup_boss", account: "" },
    ...{
      event_id: `5e7f-${id}`,
      event,
      meaning: WEBHOOK_EVENTS[event] ?? null,
      event_created: ago(700 - id),
    },
    ...{ received_at: ago(Math.max(1, 700 - id)), signature: "official", state, result: RESULTS[state] },
    ...{
      processed_at: state === "done" ? ago(600 - id) : null,
      replays: id % 3 === 0 ? 1 : 0,
      recovered: false,
    },
    ...changes,
  };
};
/** Newest first. */
export const DELIVERIES: readonly Delivery[] = Array.from({ length: 620 }, (_, index) =>
  delivery(620 - index),
);
export const DETAIL: DeliveryDetail = {
  ...delivery(620),
  headers: {
    "content-type": "application/json",
    "fub-signature": "(left out)",
    "user-agent": "FollowUpBoss",
  },
  body: JSON.stringify({
    eventId: "5e7f-620",
    event: "peopleTagsCreated",
    resourceIds: [812, 107],
    data: { tags: ["Call"] },
  }),
  engagements: [
    { engagement_id: "e-1", person_id: "812", status: "completed", outcome: "connected" },
    { engagement_id: "e-2", person_id: "107", status: "in_progress", outcome: null },
  ],
};

/** Any of the lists by falling id, as the gateway pages them. */
export const pageOf =
  <Row extends { readonly id: number }>(
    name: string,
    all: readonly Row[],
    fits: (row: Row, query: URLSearchParams) => boolean = () => true,
  ) =>
  ({ query }: Asked) => {
    const before = Number(query.get("before") ?? Number.MAX_SAFE_INTEGER);
    const limit = Number(query.get("limit") ?? 50);
    const found = all.filter((row) => row.id < before && fits(row, query));
    const shown = found.slice(0, limit);
    return { [name]: shown, next: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
  };
const fitsDelivery = (row: Delivery, query: URLSearchParams): boolean =>
  (["state", "event"] as const).every((name) => !query.get(name) || row[name] === query.get(name)) &&
  (!query.get("tenant") || row.domain_name === query.get("tenant")) &&
  (!query.get("search") || `${row.event_id} ${row.result}`.includes(query.get("search") ?? ""));

const REJECTED = [3, 2, 1].map((id) => ({
  ...{
    id,
    domain_name: id === 2 ? LONG_SLUG : "fub-test",
    source: "followup_boss",
    received_at: ago(4000 / id),
  },
  reason: id === 1 ? "missing" : "api_key",
  sentence:
    id === 1
      ? "The delivery carries no FUB-Signature. Follow Up Boss signs each of its deliveries, so this one comes from somewhere else."
      : "The signature was made with another key of this brokerage, for example an API key, instead of the system key.",
  headers: { "content-type": "application/json", "fub-signature": "(left out)" },
  body: '{"event":"notesCreated","resourceIds":[1]}',
}));

const name = (scope: string, what: string) => `${scope}/${what}`;
const CANDIDATES = [
  {
    name: name("tenant/fub-test", "fub_campaign_embedded_app_secret"),
    label: "the campaign app secret of “fub-test”",
    set: true,
  },
  {
    name: name("tenant/fub-test", "fub_embedded_app_secret"),
    label: "the single-contact app secret of “fub-test”",
    set: true,
  },
  {
    name: name("platform", "FUB_CAMPAIGN_EMBEDDED_APP_SECRET"),
    label: "the gateway's campaign app secret",
    set: false,
  },
  { name: name("platform", "FUB_SYSTEM_KEY"), label: "the gateway's system key", set: true },
];
const refused = (id: number, changes: Partial<RefusedEmbed>): RefusedEmbed => ({
  ...{ id, first_at: ago(9000), last_at: ago(120), times: 4, app: "campaign", tenant: "fub-test" },
  ...{ account_domain: "fub-test", tried: CANDIDATES, fits: null, mistake: "unknown", solved: false },
  sentence: "The signature fits none of the secrets that are set here.",
  remedy: "Open Follow Up Boss, Admin, Embedded Apps, copy the secret of the campaign app and enter it here.",
  action: { label: "Open the campaign app's secret", to: "/setup/fub-test" },
  ...changes,
});
const other = {
  name: "tenant/solo/fub_embedded_app_secret",
  label: "the single-contact app secret of “solo”",
};
export const DOCTOR: SecretDoctor = {
  refused: [
    refused(3, {
      mistake: "wrong_tenant",
      fits: { ...other, app: "embed", how: "as it is" },
      sentence:
        "The signature fits the single-contact app secret of “solo”, but the app was opened for “fub-test”.",
      remedy: "Check the end of the app's address: ?domain_name= should name “solo”.",
    }),
    refused(2, {
      mistake: "blanks",
      times: 1,
      fits: { ...(CANDIDATES[0] ?? other), app: "campaign", how: "without the blanks around it" },
      sentence: "The campaign app secret of “fub-test” fits once the blanks in it are taken out.",
      remedy: "Enter the secret once more, without anything before, in or after it.",
    }),
    refused(1, { app: "embed", solved: true, tenant: LONG_SLUG, account_domain: null }),
  ],
  orders: [
    {
      ...{ tenant: "fub-test", app: "embed", candidates: CANDIDATES.slice(1), last_opened: ago(300) },
      verified_by: CANDIDATES[1]?.label ?? null,
    },
    { tenant: "fub-test", app: "campaign", candidates: CANDIDATES, last_opened: null, verified_by: null },
  ],
};

export const target = (id: string, changes: Partial<TargetHealth> = {}): TargetHealth => ({
  ...{ domain_name: "fub-test", id, url: `https://${id}.example.com/hooks`, events: ["*"], enabled: true },
  ...{ allow_private: false, last_success_at: ago(60), last_failure_at: null, last_failure: null },
  ...{ waiting: 0, dead: 0, secret_set_at: ago(86_400 * 9), old_secret_until: null },
  ...changes,
});
export const TARGETS: readonly TargetHealth[] = [
  target("reporting"),
  target("lead-router", {
    ...{
      last_failure_at: ago(20),
      last_failure: "It answered 503 and is tried again.",
      waiting: 12,
      dead: 3,
    },
    ...{
      events: ["peopleTagsCreated", "peopleUpdated"],
      old_secret_until: new Date(Date.now() + 7e7).toISOString(),
    },
  }),
  target("old", { enabled: false, domain_name: LONG_SLUG, last_success_at: null }),
];
export const forward = (id: number, changes: Partial<Forward> = {}): Forward => ({
  ...{ id, domain_name: "fub-test", target: "lead-router", delivery_id: 620, message_id: `msg_${id}` },
  ...{ event: "peopleTagsCreated", state: "delivered", tries: 1, status: 200, result: "It was accepted." },
  ...{ created_at: ago(900 - id), tried_at: ago(899 - id), next_at: null, replays: 0 },
  ...changes,
});
export const FORWARDS: readonly Forward[] = Array.from({ length: 40 }, (_, index) =>
  forward(
    40 - index,
    index === 1
      ? { state: "dead", status: 500, result: "It answered 500 for three days and was given up.", tries: 12 }
      : {},
  ),
);

export const WEBHOOK_ANSWERS: Answers = {
  ...FULL,
  "GET /webhook-slots": { slots: SLOTS },
  "POST /webhook-slots/reconcile": { registered: true, message: "All webhooks are registered and active." },
  "POST /webhook-slots/remove": { removed: 3 },
  "GET /deliveries": pageOf("deliveries", DELIVERIES, fitsDelivery),
  "GET /deliveries/:id": DETAIL,
  "POST /deliveries/replay": ({ body }: Asked) => ({ replayed: (body as { ids: number[] }).ids.length }),
  "POST /deliveries/fetch": { id: 620, known: false },
  "POST /catch-up": { asked: true },
  "GET /rejected-deliveries": pageOf("rejected", REJECTED),
  "GET /secret-doctor": DOCTOR,
  "GET /fan-out": { targets: TARGETS },
  "GET /fan-out-attempts": pageOf(
    "attempts",
    FORWARDS,
    (row, query) => !query.get("state") || row.state === query.get("state"),
  ),
  "POST /fan-out-attempts/replay": { replayed: 3 },
  "POST /fan-out/:tenant/:id/test": {
    delivered: true,
    status: 200,
    sentence: "It was accepted.",
    message_id: "m",
  },
  "POST /fan-out/:tenant/:id/rotate": { id: "reporting", secret: "whsec_made-for-the-test" },
  "POST /fan-out/:tenant/:id/remove": { dropped: 12 },
  "POST /fan-out/:tenant": { id: "new", secret: "whsec_made-for-the-test" },
};
export const NO_WEBHOOKS: Answers = {
  ...WEBHOOK_ANSWERS,
  "GET /webhook-slots": { slots: [] },
  "GET /deliveries": { deliveries: [], next: null },
  "GET /rejected-deliveries": { rejected: [], next: null },
  "GET /secret-doctor": { refused: [], orders: [] },
  "GET /fan-out": { targets: [] },
  "GET /fan-out-attempts": { attempts: [], next: null },
};
