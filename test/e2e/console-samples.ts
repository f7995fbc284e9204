// Answers of the admin listener that the browser tests of the console show.
import type { EngagementList, Lamp, Lanes, Status } from "../../shared/admin-api.ts";
import type { JournalEntry } from "../../shared/journal.schema.ts";
import { ENDED } from "./embed-samples.ts";

type Row = EngagementList["engagements"][number];
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const lamp = (state: Lamp["state"], sentence: string, remedy: string | null = null): Lamp => ({
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
    follow_up_boss: lamp(
      "bad",
      "Follow Up Boss did not accept Ann's key.",
      "Ask Ann for a new key and apply it.",
    ),
    channels: lamp("warn", "The simulator carries all channels."),
    outreach: lamp("unknown", "Nothing has been started yet."),
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
      domain_name: "a-brokerage-with-a-rather-long-name-of-its-own",
      track: "B",
      users: 1,
      embed_url:
        "https://gateway.example.com/integration/followupboss/embed?domain_name=a-brokerage-with-a-rather-long-name-of-its-own",
    },
  ],
  queue: { waiting: 2, running: 1, dead: 0 },
  today: { engagements: 12, refused: 2, activities_waiting: 1, activities_dead: 1 },
  needs_you: [
    {
      sentence: "One call could not be written to Follow Up Boss.",
      remedy: "Give Ann a new key, then press “Write to Follow Up Boss now”.",
      engagement_id: "e-2",
    },
  ],
};

export const EMPTY: Status = {
  ...STATUS,
  server_url: null,
  settings_notices: [],
  environment_locks: [],
  tenants: [],
  needs_you: [],
};

type Lane = Lanes["lanes"][number];
const lane = (account: string, context: string, limit: number, changes: Partial<Lane> = {}): Lane => ({
  ...{ account, context, limit, windowMs: 10_000, used: 0, waiting: 0 },
  ...{ waitingBy: { interactive: 0, launch: 0, sync: 0, listing: 0 }, pausedUntil: null },
  ...{ queued_jobs: 0, eta_seconds: 0, ...changes },
});

export const LANES: Lane[] = [
  lane("7001", "global", 250, { used: 31 }),
  lane("7001", "notes", 10, { used: 9, waiting: 4, queued_jobs: 1_120, eta_seconds: 1_121 }),
  lane("7001", "POST.events", Number.MAX_SAFE_INTEGER, { used: 2 }),
  lane("key:3fa91c", "global", 250, {
    used: 250,
    waiting: 1,
    eta_seconds: 4,
    pausedUntil: Date.now() + 60_000,
  }),
];

const { transcript: _talk, history: _story, ...bare } = ENDED;
const row = (id: string, changes: Partial<Row>): Row => ({
  ...bare,
  created_at: ago(60 * Number(id.replace(/\D/g, ""))),
  rule: null,
  source: "embed",
  by: "u1",
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
    user_id: null,
    source: "tag",
  }),
  row("e-5", {
    status: "paused",
    outcome: null,
    channel: "wvoice",
    parked_reason: "It is not known whether it was placed.",
  }),
];

export const entry = (seq: number, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  seq,
  at: ago(600 - seq),
  severity: "info",
  event: "embed.opened",
  message: `Ann One opened the app, matched by phone (${seq}).`,
  tenant: "fub-test",
  user_id: "u1",
  person_id: "812",
  engagement_id: null,
  channel: null,
  detail: null,
  ...changes,
});

/** Newest first, as the server answers. */
export const ENTRIES: JournalEntry[] = Array.from({ length: 40 }, (_, index) => entry(40 - index)).map(
  (item) =>
    item.seq === 39
      ? entry(39, {
          severity: "error",
          event: "activity.refused",
          message: "Follow Up Boss did not accept Ann's key, so a call could not be written.",
          engagement_id: "e-2",
          detail: { status: 401, request: "POST /v1/calls" },
        })
      : item.seq === 38
        ? entry(38, { severity: "warn", event: "settings.repaired", message: "PORT was set to 8010." })
        : item,
);
