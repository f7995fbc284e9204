// What the browser tests of Settings show: a gateway with two brokerages, keys in every state, problems of every kind.
import type { Problem } from "../../shared/console/problems.schema.ts";
import { PROBLEM_IDS } from "../../shared/console/problems.schema.ts";
import type { SettingsView } from "../../shared/console/settings.schema.ts";
import { platformSchema, tenantSchema } from "../../shared/settings.schema.ts";
import { ago, FULL, HEBREW, LONG_SLUG } from "./console-samples.ts";
import type { Answers } from "./console-stub.ts";
import { TUNNEL_NONE } from "./console-tunnel-samples.ts";

type Facts = SettingsView["secrets"][string];
const facts = (changes: Partial<Facts> = {}): Facts => ({
  ...{ set_at: ago(86_400 * 3), hint: "f3", from: "vault", last_used: null },
  ...changes,
});
const urls = {
  embed: "https://gateway.example.com/e",
  campaign: "https://gateway.example.com/c",
  webhook: "",
};

export const VIEW: SettingsView = {
  revision: "rev-1",
  platform: platformSchema.parse({
    SERVER_URL: "https://gateway.example.com",
    LOG_LEVEL: "debug",
    PORT: 9000,
  }),
  tenants: [
    tenantSchema.parse({
      domain_name: "fub-test",
      fub_start_call_tag: "Aventora Call",
      default_broker_phone: "+14165550100",
      cool_down_minutes: 30,
      tag_starts: [
        {
          tag: `Call back ${HEBREW}`,
          channel: "phone",
          call_type: "confirmational",
          instruction: "Ask for Saturday.",
        },
        { tag: "News", channel: "email" },
      ],
      channels: { phone: "hub" },
      outcome_mapping: { voicemail: "No Answer", busy: null },
      pace: { phone: { at_once: 5 } },
      hub_url: "https://hub.example.com",
      users: [
        { id: "u1", name: "Ann One", default_broker_phone: "+14165550111" },
        { id: "u2", name: HEBREW },
      ],
    }),
    tenantSchema.parse({ domain_name: LONG_SLUG, track: "B", crm_sync_provider: "rollout" }),
  ],
  secrets: {
    "platform/FUB_SYSTEM_KEY": facts({
      from: "environment",
      set_at: null,
      last_used: { at: ago(200), accepted: true, sentence: "Follow Up Boss accepted it." },
    }),
    "tenant/fub-test/fub_api_key": facts({
      last_used: { at: ago(20), accepted: false, sentence: "Follow Up Boss did not accept the key." },
    }),
    "tenant/fub-test/fub_embedded_app_secret": facts(),
    "user/fub-test/u1/fub_api_key": facts({ hint: null }),
  },
  locks: [
    { name: "FUB_SYSTEM_KEY", by: "the environment variable FUB_SYSTEM_KEY" },
    { name: "LOG_LEVEL", by: "the environment variable LOG_LEVEL" },
  ],
  vault: {
    kind: "file",
    ok: true,
    sentence: "Keys are in an encrypted file; this computer has no keychain.",
  },
  notices: ["PORT was “eighty” and has been set to 8010."],
  embed_urls: { "fub-test": urls, [LONG_SLUG]: urls },
  public_address_set: true,
};

const WORDS: Readonly<
  Record<(typeof PROBLEM_IDS)[number], readonly [problem: string, sentence: string, remedy: string]>
> = {
  domain_not_found: [
    "The app says the brokerage was not found",
    "An app was opened from the account “acme”, which is no brokerage here.",
    "Set the domain in Follow Up Boss to “fub-test”.",
  ],
  wrong_identity: [
    "Wrong caller ID, or agents share an identity",
    "Ann and Ben have the same phone.",
    "Give each agent a phone of their own.",
  ],
  lists_missing: [
    "Contacts or Smart Lists are missing",
    "Dev has no key of their own.",
    "Enter Dev's own API key.",
  ],
  embed_unauthorized: [
    "The app does not open",
    "The campaign app was refused.",
    "Copy its secret once more.",
  ],
  activity_missing: [
    "Activity is not in Follow Up Boss",
    "Sync contacts is off.",
    "Switch on “Sync contacts”.",
  ],
  campaign_queues_nothing: [
    "A campaign queues nobody",
    "Nobody on the list has a phone.",
    "Choose another list.",
  ],
  tag_starts_nothing: [
    "A tag does not start calls",
    "No webhook is registered.",
    "Register the webhooks with the owner's key.",
  ],
  start_fails_internally: [
    "An outreach fails to start",
    "The Hub's address leads back to this gateway.",
    "Empty the Hub's address.",
  ],
  connection_test_fails: ["The connection test fails", "The system key is not set.", "Enter the system key."],
};
export const problem = (
  id: (typeof PROBLEM_IDS)[number],
  state: Problem["state"],
  changes: Partial<Problem> = {},
): Problem => ({
  ...{ id, tenant: "fub-test", problem: WORDS[id][0], state },
  sentence:
    state === "found" ? WORDS[id][1] : state === "ok" ? "Nothing of it was seen." : "It was not tried yet.",
  remedy: state === "found" ? WORDS[id][2] : null,
  action: state === "found" ? { label: "Open the set-up", to: `/setup/fub-test?mend=${id}` } : null,
  evidence: state === "found" ? { journal_seq: 59, engagement_id: null, at: ago(300) } : null,
  ...changes,
});
export const FOUND: readonly Problem[] = PROBLEM_IDS.map((id) => problem(id, "found"));
const MIXED = PROBLEM_IDS.map((id, index) =>
  problem(id, (["found", "ok", "unknown"] as const)[index % 3] ?? "ok"),
);

export const LINKS = [
  {
    id: "l-1",
    created_at: ago(300),
    until: new Date(Date.now() + 3_300_000).toISOString(),
    last_used_at: null,
  },
  {
    id: "l-2",
    created_at: ago(9000),
    until: new Date(Date.now() + 9e6).toISOString(),
    last_used_at: ago(50),
  },
];
const SAVED = {
  revision: "rev-2",
  changes: [{ what: "tenant fub-test", result: "updated" }],
  needs_restart: [],
};

export const SETTINGS_ANSWERS: Answers = {
  ...FULL,
  "GET /settings": VIEW,
  "POST /settings": SAVED,
  "GET /tunnel": TUNNEL_NONE,
  "GET /problems": { problems: MIXED },
  "GET /channels": { channels: [], mailbox: null, inbound_url: null },
  "GET /contact-hours": { origin: "built-in", file: "contact-hours.json", problem: null, rules: [] },
  "GET /support-links": { links: LINKS },
  "POST /support-links": { ...LINKS[0], id: "l-3", url: "http://127.0.0.1:8011/?support=made-for-the-test" },
  "DELETE /support-links/:id": { links: [] },
  "GET /tenants/:slug/guide": {},
};
