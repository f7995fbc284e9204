// Answers of the set-up's routes for browser tests: a brokerage half set up, hard names, an agent whose calls go astray.
import type { ConsoleTestResult } from "../../shared/console/connection.schema.ts";
import type { CrmUsers } from "../../shared/console/crm-users.schema.ts";
import type { Guide, GuideStep, TrackChange } from "../../shared/console/guide.schema.ts";
import type { IdentityMatrix, IdentityRow } from "../../shared/console/identity.schema.ts";
import type { SandboxState } from "../../shared/console/sandbox.schema.ts";
import { type SettingsView, settingsViewSchema } from "../../shared/console/settings.schema.ts";
import { ago, FULL, HEBREW, STATUS } from "./console-samples.ts";
import type { Answers } from "./console-stub.ts";

export const EMBED = "https://gateway.example.com/integration/followupboss/embed";

export const SETTINGS_A: SettingsView = settingsViewSchema.parse({
  revision: "r-1",
  platform: { SERVER_URL: "https://gateway.example.com" },
  tenants: [
    {
      domain_name: "fub-test",
      users: [
        { id: "u1", name: "Ann One", email: "ann@example.com", default_broker_phone: "+14165550111" },
        { id: "u2", name: HEBREW, default_broker_phone: "+14165550122" },
      ],
    },
  ],
  secrets: {
    "platform/FUB_SYSTEM_KEY": { set_at: ago(90_000), hint: "9c", from: "vault", last_used: null },
    "tenant/fub-test/fub_api_key": {
      ...{ set_at: ago(90_000), hint: "f3", from: "vault" },
      last_used: { at: ago(180), accepted: true, sentence: "Follow Up Boss accepted it." },
    },
  },
  locks: [{ name: "SERVER_URL", by: "the environment variable SERVER_URL" }],
  vault: STATUS.vault,
  notices: [],
  embed_urls: {
    "fub-test": { embed: EMBED, campaign: EMBED.replace("embed", "campaign"), webhook: `${EMBED}/webhook` },
  },
  public_address_set: true,
});

export const step = (id: string, title: string, changes: Partial<GuideStep> = {}): GuideStep => ({
  ...{ id, user_id: null, title, kind: "proof", optional: false, state: "waiting" },
  ...{ sentence: "Nothing was seen of it yet.", at: null, evidence: null, in_crm: [], copy: [], here: [] },
  action: null,
  ...changes,
});

const seen = (sentence: string, seconds = 60, engagement: string | null = null): Partial<GuideStep> => ({
  ...{ state: "proven", sentence, at: ago(seconds) },
  evidence: { journal_seq: 59, engagement_id: engagement, at: ago(seconds) },
});

export const GUIDE: Guide = {
  tenant: "fub-test",
  track: "A",
  agents: [
    { user_id: "u1", name: "Ann One" },
    { user_id: "u2", name: HEBREW },
  ],
  sections: [
    {
      ...{ id: "platform", title: "Once for this gateway", layout: "stepper" },
      steps: [
        step("P.1", "Register the system and enter its key", {
          ...seen("Follow Up Boss accepted the system.", 9000),
          here: ["platform.FUB_SYSTEM", "platform.FUB_SYSTEM_KEY"],
        }),
        step("P.2", "Give the gateway a public address", { here: ["platform.SERVER_URL"] }),
      ],
    },
    {
      ...{ id: "A1", title: "Connect the brokerage", layout: "stepper" },
      steps: [
        step("A1.3", "Switch Follow Up Boss on and test the connection", {
          ...seen("Accepted by Follow Up Boss: the account Maple Street Realty."),
          in_crm: ["Open Admin, then API, and create or copy the key."],
          here: ["tenant.crm_sync_provider", "tenant.fub_sync_contacts", "tenant.fub_api_key"],
        }),
        step("A1.4a", "Register the app for one contact", {
          ...{ state: "failed", sentence: "The app was opened, but its secret did not fit.", at: ago(30) },
          in_crm: ["Open Admin, then Embedded Apps, and add an app."],
          copy: [{ label: "Address of the app for one contact", text: EMBED }],
          here: ["tenant.fub_embedded_app_secret"],
        }),
      ],
    },
    {
      ...{ id: "A2", title: "Set up each agent", layout: "stepper" },
      steps: ["u1", "u2"].map((user_id) =>
        step("A2.6", "Set their outreach phone", { user_id, here: ["user.default_broker_phone"] }),
      ),
    },
    {
      ...{ id: "A4", title: "Check that it works", layout: "table" },
      steps: [
        step("A4.1", "Opens Aventora on a test contact", { user_id: "u1", ...seen("Ann opened the app.") }),
        step("A4.1", "Opens Aventora on a test contact", { user_id: "u2" }),
        step("A4.2", "A test call shows their number", {
          ...{ user_id: "u1", ...seen("The call went out from (416) 555-0111.", 60, "e-2") },
        }),
        step("A4.2", "A test call shows their number", { user_id: "u2" }),
      ],
    },
    {
      ...{ id: "checklist", title: "Checklist", layout: "list" },
      steps: [
        step("AC.3", "Both apps are registered"),
        step("AC.9", "Everybody knows whom to ask", {
          kind: "tick",
          sentence: "Tick it when you told them.",
        }),
      ],
    },
    {
      ...{ id: "tags", title: "Start by tag (optional)", layout: "list" },
      steps: [
        step("T.2", "Register the webhook", {
          optional: true,
          copy: [{ label: "Address of the webhook", text: "https://gateway.example.com/webhook/fub-test" }],
        }),
      ],
    },
  ],
  progress: { done: 4, of: 11 },
};

export const TESTED: ConsoleTestResult = {
  ...{ success: true, message: "Follow Up Boss accepted the key.", code: null },
  account: { id: "7001", domain: "fub-test", name: "Maple Street Realty" },
  user: { id: "1", name: "Olive Owner", is_owner: true },
  webhook: { requested: false, registered: false, message: "" },
  ...{ at: ago(1), tested: "typed", warnings: [], remedy: null },
};

export const TRACK_CHANGE: TrackChange = {
  ...{ from: "A", to: "B" },
  changes: ["The addresses of both apps end with ?domain_name=fub-test."],
  todo: ["Enter their own API key for Ann One.", "Run the checks of Track B."],
  keeps: ["The agents, their phones and their keys."],
};

const ROW: IdentityRow = {
  ...{ user_id: "u1", name: "Ann One" },
  crm_user: { id: "2", name: "Ann One", email: "ann@example.com" },
  account: { id: "7001", domain: "fub-test", name: "Maple Street Realty" },
  ...{ matched_by: "phone", matched_at: ago(120) },
  phone_here: { given: "+14165550111", e164: "+14165550111" },
  display_number: null,
  phones_there: [{ given: "(416) 555-0111", e164: "+14165550111" }],
  phones_agree: true,
  key: {
    ...{ used: "brokerage", works: true, at: ago(60), sentence: "Accepted a minute ago." },
    whose: { account_domain: "fub-test", account_name: null, user_id: "1", user_name: "Olive Owner" },
  },
  embed_seen: { journal_seq: 59, engagement_id: null, at: ago(120), sentence: "Ann opened the app." },
  last_outreach: {
    ...{ engagement_id: "e-2", at: ago(300), from_number: "+14165550111", crm_user_id: "2", ok: true },
    sentence: "to Ann One, from (416) 555-0111",
  },
  problems: [],
};

export const ASTRAY = "Calls of this agent are counted for Ann One.";
export const MATRIX: IdentityMatrix = {
  ...{ tenant: "fub-test", track: "A" },
  rows: [
    ROW,
    {
      ...ROW,
      ...{ user_id: "u2", name: HEBREW, crm_user: null, matched_by: null, matched_at: null },
      ...{
        phone_here: { given: "+14165550122", e164: "+14165550122" },
        phones_there: null,
        phones_agree: null,
      },
      ...{ embed_seen: null, last_outreach: null },
      problems: [
        {
          ...{ id: "same_phone", severity: "error", column: "phone" },
          ...{ sentence: ASTRAY, remedy: "Give each agent a phone of their own." },
        },
      ],
    },
  ],
  strangers: [
    {
      ...{ crm_user_id: "9", name: "Zoe Nine", account_domain: "fub-test", at: ago(400) },
      sentence: "Zoe Nine opened the app and worked as the brokerage.",
    },
  ],
};

const person = (id: string, name: string, changes: Partial<CrmUsers["users"][number]> = {}) => ({
  ...{ crm_user_id: id, name, email: `${id}@example.com`, role: "Agent", active: true, agent: null },
  ...{ phones: [{ given: "(416) 555-0133", e164: "+14165550133" }], suggested_id: `p${id}`, problems: [] },
  ...changes,
});
export const PEOPLE: CrmUsers = {
  account: { id: "7001", domain: "fub-test", name: "Maple Street Realty" },
  ...{ key: "tenant", complete: true },
  users: [
    person("2", "Ann One", { agent: { user_id: "u1", name: "Ann One", matched_by: "phone" } }),
    person("3", "Carl Three"),
    person("4", "Dora Four", {
      problems: [{ kind: "same_phone", sentence: "Carl Three has this number too." }],
    }),
  ],
};

export const PRACTICE_OFF: SandboxState = {
  ...{ state: "stopped", sentence: "The pretend Follow Up Boss is not running.", tenant: null, url: null },
  ...{ started_at: null, pages: [], practice_values: [] },
};
export const PRACTICE_ON: SandboxState = {
  ...{ state: "running", sentence: "The pretend Follow Up Boss is running.", tenant: "practice" },
  ...{ url: "http://127.0.0.1:8012/", started_at: ago(5) },
  pages: [
    { title: "Ann’s view of a person", sentence: "Call from beside it.", url: "http://127.0.0.1:8012/crm/1" },
  ],
  practice_values: [{ label: "Key of the brokerage", text: "fka_practice" }],
};

export const SETUP_ANSWERS: Answers = {
  ...FULL,
  "GET /status": { ...STATUS, tenants: STATUS.tenants.slice(0, 1) },
  "GET /settings": SETTINGS_A,
  "POST /settings": { revision: "r-2", changes: [], needs_restart: [] },
  "GET /tenants/:slug/guide": GUIDE,
  "GET /tenants/:slug/track-change": TRACK_CHANGE,
  "GET /tenants/:slug/identity": MATRIX,
  "GET /tenants/:slug/crm-users": PEOPLE,
  "POST /test-connection": TESTED,
  "GET /sandbox": PRACTICE_OFF,
  "POST /webhook-slots/reconcile": { registered: true, message: "The webhook is registered." },
};
