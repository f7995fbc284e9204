// Answers of the admin listener that the browser tests of the console show: a working day, hard names, nothing at all.
import type { z } from "zod";
import type { About } from "../../shared/about.schema.ts";
import type { EngagementList, Lamp, Lanes, Status } from "../../shared/admin-api.ts";
import type { CampaignDetail, ConsoleCampaign } from "../../shared/console/campaigns.schema.ts";
import type { Home } from "../../shared/console/home.schema.ts";
import type { PersonHit } from "../../shared/console/people.schema.ts";
import { type SettingsView, settingsViewSchema } from "../../shared/console/settings.schema.ts";
import type { Story, StoryLine } from "../../shared/console/story.schema.ts";
import type { JournalEntry, journalQuerySchema } from "../../shared/journal.schema.ts";
import { type Answers, type Asked, refusal } from "./console-stub.ts";
import { ENDED } from "./embed-samples.ts";

export type Row = EngagementList["engagements"][number];
export const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
export const LONG_SLUG = "a-brokerage-with-a-rather-long-name-of-its-own";
export const HEBREW = "נועה בת־שבע כהן";
export const lamp = (state: Lamp["state"], sentence: string, remedy: string | null = null): Lamp => ({
  state,
  sentence,
  remedy,
});

export const STATUS: Status = {
  version: "0.1.0",
  started_at: ago(4000),
  public_url: "http://127.0.0.1:8010",
  server_url: "https://gateway.example.com",
  lamps: {
    public_address: lamp("ok", "Follow Up Boss reached it 4 min ago."),
    follow_up_boss: lamp("bad", "Follow Up Boss did not accept Ann's key.", "Ask Ann for a new key."),
    channels: lamp("warn", "The simulator carries all channels."),
    outreach: lamp("ok", "12 outreaches today."),
  },
  vault: {
    kind: "file",
    ok: true,
    sentence: "Keys are in an encrypted file; this computer has no keychain.",
  },
  settings_notices: ["PORT was “eighty” and has been set to 8010."],
  environment_locks: ["SERVER_URL", "LOG_LEVEL"],
  tenants: [
    {
      domain_name: "fub-test",
      track: "A",
      users: 2,
      embed_url: "https://gateway.example.com/integration/followupboss/embed",
    },
    {
      domain_name: LONG_SLUG,
      track: "B",
      users: 1,
      embed_url: `https://gateway.example.com/integration/followupboss/embed?domain_name=${LONG_SLUG}`,
    },
  ],
  queue: { waiting: 2, running: 1, dead: 0 },
  today: { engagements: 12, refused: 2, activities_waiting: 1, activities_dead: 1 },
  needs_you: [],
};

type Groups = Home["today"]["groups"];
const groups = (reached = 0, missed = 0, refused = 0, failed = 0, open = 0): Groups => ({
  ...{ reached, missed, refused, failed, open },
});
/** Midnight where the browser of the tests is. */
const THERE = new Date(new Date().toLocaleString("en-US", { timeZone: "America/Toronto" }));
const MIDNIGHT = Date.now() - (THERE.getTime() - new Date(THERE).setHours(0, 0, 0, 0));
const HOURS: readonly Groups[] = [
  ...Array.from({ length: 8 }, () => groups()),
  groups(3, 1),
  groups(9, 4, 1),
  groups(14, 6, 2, 1),
  groups(11, 7, 0, 2),
  groups(4, 2),
  groups(8, 5, 3, 0),
  groups(16, 4, 1, 1),
  groups(6, 1, 0, 0, 3),
];
const at = (hour: number): string => new Date(MIDNIGHT + hour * 3_600_000).toISOString();

const story = (id: string, sentence: string, changes: Partial<Home["stories"][number]> = {}) => ({
  ...{
    engagement_id: id,
    tenant: "fub-test",
    person_id: "812",
    who: "Nivia Jones",
    channel: "phone" as const,
  },
  ...{
    status: "completed" as const,
    outcome: "connected",
    group: "reached" as const,
    sentence,
    at: ago(240),
  },
  ...changes,
});

export const HOME: Home = {
  version: "0.1.0",
  started_at: ago(4000),
  lamps: STATUS.lamps,
  outreach: { paused: null, waiting: 3 },
  today: {
    since: at(0),
    started: 115,
    groups: groups(71, 30, 7, 4, 3),
    outcomes: { connected: 61, voicemail: 10, no_answer: 30, cool_down: 7, failed: 4, open: 3 },
    hours: HOURS.map((counts, hour) => ({ from: at(hour), groups: counts })),
    records: { written: 104, waiting: 1, dead: 1 },
  },
  queue: { waiting: 2, running: 1, dead: 0 },
  needs_you: [
    {
      ...{ id: "key-u1", severity: "error", tenant: "fub-test" },
      sentence: "Follow Up Boss did not accept Ann's key, so one call could not be written.",
      remedy: "Give Ann a new key, then write the call again.",
      action: { label: "Open Ann's settings", to: "/agents/u1?tenant=fub-test" },
      evidence: { journal_seq: 39, engagement_id: "e-2", at: ago(840) },
    },
    {
      ...{ id: "parked-e-5", severity: "warn", tenant: LONG_SLUG },
      sentence: "It is not known whether a WhatsApp call was placed.",
      remedy: "Look at the phone, then resume or cancel it.",
      action: { label: "Show the outreach", to: "/outreach/e/e-5" },
      evidence: { journal_seq: null, engagement_id: "e-5", at: ago(5400) },
    },
  ],
  stories: [
    story("e-1", "Ann One is texting with Nivia Jones", {
      ...{ channel: "sms", status: "in_progress", outcome: null, group: "open", at: ago(20) },
    }),
    story("e-2", "Ann One reached Nivia Jones by phone: left a voicemail, 41 s"),
    story("e-6", `${HEBREW} was not called: contacted a moment ago already`, {
      ...{ group: "refused", outcome: "cool_down", who: HEBREW, at: ago(1900) },
    }),
    story(
      "e-4",
      "Bartholomew Featherstonehaugh-Cholmondeley the Third of the very long estate agency received an e-mail from the brokerage",
      { channel: "email", at: ago(7300) },
    ),
  ],
};

export const NO_HOME: Home = {
  ...HOME,
  lamps: {
    public_address: lamp("unknown", "Follow Up Boss has not reached it yet."),
    follow_up_boss: lamp("unknown", "Nothing was asked of Follow Up Boss yet."),
    channels: lamp("ok", "The simulator carries all channels."),
    outreach: lamp("unknown", "Nothing has been started yet."),
  },
  outreach: { paused: null, waiting: 0 },
  today: {
    ...{ since: at(0), started: 0, groups: groups(), outcomes: {} },
    hours: HOURS.map((_, hour) => ({ from: at(hour), groups: groups() })),
    records: { written: 0, waiting: 0, dead: 0 },
  },
  queue: { waiting: 0, running: 0, dead: 0 },
  needs_you: [],
  stories: [],
};

const { transcript: _talk, history: _story, ...bare } = ENDED;
export const row = (id: string, changes: Partial<Row>): Row => ({
  ...bare,
  created_at: ago(60 * Number(id.replace(/\D/g, ""))),
  rule: null,
  source: "embed",
  by: "Ann One",
  crm_state: "written",
  ...changes,
  engagement_id: id,
});

export const ROWS: Row[] = [
  row("e-1", { status: "in_progress", outcome: null, channel: "sms", crm_state: "waiting" }),
  row("e-2", { outcome: "voicemail", crm_state: "dead" }),
  row("e-3", {
    status: "failed",
    outcome: "relationship_phone",
    rule: "relationship_phone",
    crm_state: "none",
  }),
  row("e-4", {
    channel: "email",
    outcome: "delivered",
    contact: "bartholomew.featherstonehaugh-cholmondeley.the-third@a-very-long-estate-agency.example",
    by: null,
    source: "tag",
  }),
  row("e-5", {
    status: "paused",
    outcome: null,
    channel: "wvoice",
    parked_reason: "It is not known whether it was placed.",
    by: HEBREW,
  }),
];

const line = (
  id: string,
  seconds: number,
  sentence: string,
  changes: Partial<StoryLine> = {},
): StoryLine => ({
  ...{ id, at: ago(seconds), kind: "note", severity: "info", sentence, detail: null, exchange: null },
  ...{ engagement_id: "e-2", journal_seq: null },
  ...changes,
});

export const STORY: Story = {
  tenant: "fub-test",
  person: { id: "812", name: "Nivia Jones", contacts: ["+14165550123", "nivia@example.com"] },
  engagements: [
    {
      ...{ engagement_id: "e-2", at: ago(300), channel: "phone", status: "completed", outcome: "voicemail" },
      ...{ by: "Ann One", parked_reason: null },
    },
    {
      ...{ engagement_id: "e-1", at: ago(20), channel: "sms", status: "in_progress", outcome: null },
      ...{ by: "Ann One", parked_reason: null },
    },
  ],
  lines: [
    line("1", 90_000, "Ann opened the app (matched by phone)", { kind: "opened", journal_seq: 31 }),
    line("2", 301, "Ann asked for a phone call: informational", {
      kind: "asked",
      detail: "Tell her the open house is on Saturday.",
    }),
    line("3", 300, "All contact rules were passed", { kind: "rule" }),
    line("4", 299, "The simulator was asked to call (416) 555-0123", {
      kind: "handed_over",
      exchange: {
        ...{ partner: "Built-in simulator", request: "start", answer: "accepted", reference: "sim-17" },
        fields: [{ name: "From", value: "…0111" }],
      },
    }),
    line("5", 290, "It rang and went to voicemail", { kind: "progress" }),
    line("6", 259, "Left a voicemail, 41 s", { kind: "outcome" }),
    line("7", 258, "The call could not be written in Follow Up Boss: Ann's key was not accepted", {
      ...{ kind: "problem", severity: "error", journal_seq: 39 },
      exchange: {
        ...{ partner: "Follow Up Boss", request: "POST /calls", answer: "401", reference: null },
        fields: [
          { name: "personId", value: "812" },
          { name: "outcome", value: "Left Message" },
        ],
      },
    }),
  ],
  cut: false,
};

export const CAMPAIGN: ConsoleCampaign = {
  ...{ batch_id: "c-1", status: "running", total: 812, queued_calls: 640, skipped_calls: 172, done: 402 },
  outcomes: { connected: 180, voicemail: 60, no_answer: 130, busy: 20, bad_number: 12 },
  skipped: { no_phone: 120, duplicate_number: 40, cool_down: 12 },
  ...{ refused_later: {}, eta_seconds: 1800, checked: 812, will_queue: 640, active: 4, retries_waiting: 9 },
  ...{ records_waiting: 3, records_failed: 0, name: "Spring open houses", smart_list_id: "17" },
  ...{ channel: "phone", call_type: "informational", instruction: "Invite them to Saturday's open house." },
  ...{ from: "+14165550111", pace: { at_once: 4 }, retry: null, message: null, list_changes: null },
  ...{ waiting_hours: 12, opens_at: ago(-36_000) },
  ...{ can_resume: false, created_at: ago(150), started_at: ago(150), ended_at: null },
  ...{ domain_name: "fub-test", source: "smart_list", by: "Ann One" },
};

export const CAMPAIGN_DETAIL: CampaignDetail = {
  campaign: CAMPAIGN,
  funnel: [
    { id: "list", label: "On the list", n: 812 },
    { id: "queued", label: "Put in line", n: 640 },
    { id: "over", label: "Tried", n: 402 },
    { id: "reached", label: "Reached", n: 240 },
  ],
  left_out: [
    { reason: "no_phone", label: "No phone number", n: 120 },
    { reason: "duplicate_number", label: "Same number as somebody earlier", n: 40 },
    { reason: "cool_down", label: "Contacted a moment ago already", n: 12 },
  ],
  chart: {
    step_seconds: 60,
    steps: Array.from({ length: 30 }, (_, index) => ({
      from: ago(1800 - index * 60),
      outcomes: {
        connected: 4 + (index % 5),
        no_answer: (index * 3) % 7,
        voicemail: 2,
        bad_number: index % 3,
      },
    })),
  },
};

export const entry = (seq: number, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  seq,
  at: ago(Math.max(1, 600 - seq)),
  severity: "info",
  event: "embed.opened",
  message: `Ann One opened the app, matched by phone (${seq}).`,
  tenant: "fub-test",
  user_id: "u1",
  person_id: "812",
  engagement_id: null,
  channel: null,
  outcome: null,
  detail: null,
  ...changes,
});

/** Newest first, as the server answers. */
export const ENTRIES: JournalEntry[] = Array.from({ length: 60 }, (_, index) => entry(60 - index)).map(
  (item) =>
    item.seq === 59
      ? entry(59, {
          severity: "error",
          event: "activity.refused",
          message: "Follow Up Boss did not accept Ann's key, so a call could not be written.",
          engagement_id: "e-2",
          detail: { status: 401, request: "POST /v1/calls", phone: "…0123" },
        })
      : item.seq === 58
        ? entry(58, {
            severity: "warn",
            event: "settings.repaired",
            message: "PORT was set to 8010.",
            person_id: null,
          })
        : item.seq === 57
          ? entry(57, { message: `${HEBREW} פתחה את האפליקציה`, tenant: LONG_SLUG })
          : item,
);

type JournalQuery = z.input<typeof journalQuerySchema>;
/** GET /journal over `all`, newest first, as far as the tests ask. */
export const journalOf =
  (all: readonly JournalEntry[]) =>
  ({ query }: Asked) => {
    const asked = Object.fromEntries(query) as unknown as JournalQuery & Record<string, string>;
    const limit = Number(asked.limit ?? 100);
    const found = all.filter(
      (one) =>
        (!asked.severity || one.severity === asked.severity) &&
        (!asked.tenant || one.tenant === asked.tenant) &&
        (!asked.person_id || one.person_id === asked.person_id) &&
        (!asked.q || one.message.toLowerCase().includes(asked.q.toLowerCase())) &&
        (!asked.before_seq || one.seq < Number(asked.before_seq)) &&
        (!asked.after_seq || one.seq > Number(asked.after_seq)),
    );
    const page = found.slice(0, limit);
    return { entries: page, next_before_seq: page.length < limit ? null : (page.at(-1)?.seq ?? null) };
  };

/** GET /engagements over `all`, newest first. */
export const engagementsOf =
  (all: readonly Row[]) =>
  ({ query }: Asked) => {
    const [status, search, before] = [query.get("status"), query.get("search"), query.get("before")];
    const start = before === null ? 0 : all.findIndex(({ engagement_id }) => engagement_id === before) + 1;
    const found = all
      .slice(start)
      .filter(
        (one) =>
          (!status || one.status === status) &&
          (!search ||
            one.engagement_id === search ||
            (/^[\d() -]+$/.test(search) && one.contact?.includes(search.replace(/\D/g, "")))),
      );
    const page = found.slice(0, Number(query.get("limit") ?? 50));
    return {
      engagements: page,
      next: page.length < found.length ? (page.at(-1)?.engagement_id ?? null) : null,
    };
  };

const oneOf =
  (all: readonly Row[]) =>
  ({ path }: Asked) => {
    const found = all.find(({ engagement_id }) => path.endsWith(`/${engagement_id}`));
    return found === undefined
      ? refusal(404, "engagement_not_found", "There is no such outreach.")
      : { ...found, transcript: ENDED.transcript, history: [] };
  };

const NIVIA: PersonHit = {
  ...{ tenant: "fub-test", person_id: "812", name: "Nivia Jones", contacts: ["+14165550123"], outreaches: 4 },
  ...{ last_at: ago(20), last_engagement_id: "e-1", found_by: "phone" },
  story: { tenant: "fub-test", person_id: "812" },
};

type Lane = Lanes["lanes"][number];
const lane = (account: string, context: string, limit: number, changes: Partial<Lane> = {}): Lane => ({
  ...{ account, context, limit, windowMs: 10_000, used: 0, waiting: 0 },
  ...{ waitingBy: { interactive: 0, launch: 0, sync: 0, listing: 0 }, pausedUntil: null },
  ...{ queued_jobs: 0, eta_seconds: 0, ...changes },
});
export const LANES: Lane[] = [
  lane("7001", "global", 250, { used: 31 }),
  lane("7001", "notes", 10, { used: 10, waiting: 4, queued_jobs: 1_120, eta_seconds: 1_121 }),
  lane("7001", "POST.events", Number.MAX_SAFE_INTEGER, { used: 2 }),
  lane("key:3fa91c", "global", 250, {
    used: 250,
    waiting: 1,
    eta_seconds: 4,
    // As long as the tests run.
    pausedUntil: Date.now() + 3_600_000,
  }),
];

export const SETTINGS: SettingsView = settingsViewSchema.parse({
  revision: "r-1",
  platform: {},
  tenants: [
    {
      domain_name: "fub-test",
      users: [
        { id: "u1", name: "Ann One" },
        { id: "u2", name: "Ben Two" },
      ],
    },
  ],
  ...{ secrets: {}, locks: [], vault: STATUS.vault, notices: [], embed_urls: {}, public_address_set: true },
});

const ABOUT: About = {
  version: "0.1.0",
  build: {
    ...{ version: "0.1.0", commit: "3a4c98391a51bfd4a68a09eff55a82e7200f8e98", changed: true, signed: false },
    ...{ date: "2026-05-04T10:00:00.000Z", channel: null },
  },
  licences: {
    parts: [
      {
        name: "@a-long-scope/a-library-with-a-long-name",
        version: "12.10.3-beta.1",
        licence: "MIT",
        text: 0,
      },
      { name: "busboy", version: "1.6.0", licence: "MIT", text: 0 },
      { name: "nodemailer", version: "10.6.1", licence: "MIT-0", text: 1 },
      { name: "smart-buffer", version: "4.2.0", licence: "(MIT OR EUPL-1.1+)", text: 0 },
    ],
    texts: ["MIT License\n\nPermission is hereby granted, free of charge", "MIT No Attribution"],
  },
};

export const FULL: Answers = {
  "GET /about": ABOUT,
  "GET /status": STATUS,
  "GET /home": HOME,
  "GET /session": { read_only: false, until: null },
  "GET /engagements": engagementsOf(ROWS),
  "GET /engagements/:id": oneOf(ROWS),
  "POST /engagements/:id/:act": {},
  "GET /engagements/:id/conversation": null,
  "GET /conversations": { conversations: [] },
  "GET /campaigns": { campaigns: [CAMPAIGN], next: null },
  "GET /campaigns/:id": CAMPAIGN_DETAIL,
  "GET /campaigns/:id/people": {
    people: ["Nivia Jones", HEBREW, "Bartholomew Featherstonehaugh-Cholmondeley the Third"].map(
      (name, index) => ({
        ...{ position: index, person_id: "812", name, contact: "+14165550123", state: "done", reason: null },
        ...{ outcome: ["connected", "no_answer", "bad_number"][index], attempts: 1, engagement_id: "e-2" },
        at: ago(60 + index * 40),
      }),
    ),
    next: null,
  },
  "POST /campaigns/:id/:act": CAMPAIGN_DETAIL,
  "GET /story": STORY,
  "GET /settings": SETTINGS,
  "GET /lanes": { lanes: LANES },
  "GET /deliveries": { deliveries: [], next: null },
  "GET /doctor": { checks: [] },
  "GET /people": ({ query }: Asked) => ({
    people: /416|nivia|812/i.test(query.get("search") ?? "") ? [NIVIA] : [],
  }),
  "GET /journal": journalOf(ENTRIES),
  "POST /outreach/:act": { paused: { by: "somebody at the console", since: ago(1) }, waiting: 3 },
};

export const EMPTY: Answers = {
  ...FULL,
  "GET /status": { ...STATUS, tenants: STATUS.tenants.slice(0, 1) },
  "GET /home": NO_HOME,
  "GET /engagements": { engagements: [], next: null },
  "GET /campaigns": { campaigns: [], next: null },
  "GET /journal": { entries: [], next_before_seq: null },
  "GET /people": { people: [] },
  "GET /lanes": { lanes: [] },
};
