// Models, campaigns and people the browser tests of the campaign page show: every state of it, 10,000 rows, hard names.
import type { Campaign, CampaignModel, CampaignPerson, SmartList } from "../../shared/campaign.schema.ts";
import { nextMorning } from "./embed-samples.ts";

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

export const LISTS: readonly SmartList[] = [
  { id: "1", name: "New leads" },
  { id: "2", name: "Hot prospects" },
  { id: "3", name: "Past clients" },
];
export const MANY_LISTS: readonly SmartList[] = [
  { id: "900", name: "محتملون جدد في تورونتو" },
  {
    id: "901",
    name: "Everybody who visited the open house on Featherstonehaugh-Cholmondeley Boulevard in spring and asked for prices",
  },
  ...Array.from({ length: 298 }, (_, index) => ({ id: String(index), name: `Équipe list ${index}` })),
];

export const CHECKED: Campaign = {
  batch_id: "b-1",
  status: "checked",
  total: 10_000,
  queued_calls: 0,
  skipped_calls: 0,
  done: 0,
  outcomes: {},
  skipped: {
    no_phone: 1204,
    landline: 610,
    duplicate_number: 212,
    relationship_phone: 95,
    invalid_phone: 41,
    cool_down: 20,
    trashed: 3,
  },
  refused_later: {},
  eta_seconds: 7900,
  checked: 10_000,
  will_queue: 7815,
  active: 0,
  waiting_hours: 0,
  opens_at: null,
  retries_waiting: 0,
  records_waiting: 0,
  records_failed: 0,
  name: "New leads",
  smart_list_id: "1",
  channel: "sms",
  call_type: "conversational",
  instruction: "Ask whether Saturday suits.",
  from: "+14165550111",
  pace: {},
  retry: null,
  message: null,
  list_changes: null,
  can_resume: false,
  created_at: ago(90),
  started_at: null,
  ended_at: null,
};
export const CHECKING: Campaign = {
  ...CHECKED,
  status: "checking",
  checked: 2300,
  will_queue: 0,
  skipped: {},
  eta_seconds: 0,
};
export const RUNNING: Campaign = {
  ...CHECKED,
  status: "running",
  queued_calls: 7815,
  skipped_calls: 2185,
  done: 3120,
  outcomes: { delivered: 2981, failed: 88, not_interested: 40, cool_down: 11 },
  refused_later: { cool_down: 11 },
  active: 12,
  retries_waiting: 16,
  records_waiting: 140,
  eta_seconds: 4720,
  started_at: ago(3200),
};
export const OPENS_AT = nextMorning(Date.now());
/** 34 people of the list live where it is still too early, or too late. */
export const LATE: Campaign = { ...CHECKED, waiting_hours: 34, opens_at: OPENS_AT };
export const SOME_WAIT: Campaign = { ...RUNNING, waiting_hours: 34, opens_at: OPENS_AT };
export const NIGHT: Campaign = {
  ...RUNNING,
  done: 7765,
  active: 0,
  waiting_hours: 34,
  opens_at: OPENS_AT,
  records_waiting: 0,
};
export const PAUSED: Campaign = { ...RUNNING, status: "paused", active: 2 };
export const WRITING: Campaign = {
  ...RUNNING,
  done: 7815,
  active: 0,
  retries_waiting: 0,
  records_waiting: 40,
  eta_seconds: 41,
  outcomes: { delivered: 7421, failed: 240, not_interested: 120, cool_down: 34 },
  refused_later: { cool_down: 34 },
};
export const DONE: Campaign = {
  ...WRITING,
  status: "completed",
  records_waiting: 0,
  records_failed: 0,
  eta_seconds: 0,
  ended_at: ago(10),
};
export const STOPPED: Campaign = {
  ...RUNNING,
  status: "failed",
  active: 0,
  message:
    "Follow Up Boss no longer accepts Ann One's API key, so the campaign stopped. Nobody is lost: it can go on with a new key.",
  can_resume: true,
};

export const READY: CampaignModel = {
  session: "session-1",
  state: "ready",
  tenant: "fub-test",
  agent: { name: "Ann One", from: "+14165550111", matched: "matched by phone", warning: null },
  smart_lists: LISTS,
  lists_problem: null,
  campaigns: [],
};
export const BUSY: CampaignModel = {
  ...READY,
  smart_lists: MANY_LISTS,
  campaigns: [
    RUNNING,
    { ...STOPPED, batch_id: "b-2", name: "محتملون جدد في تورونتو" },
    { ...DONE, batch_id: "b-3", name: "Past clients", channel: "phone" },
  ],
};
export const AMBER: CampaignModel = {
  ...READY,
  preview: true,
  agent: {
    name: "Wolfeschlegelsteinhausenbergerdorff Konstantinopolitanischer",
    from: null,
    matched: "matched by e-mail",
    warning: "Calls go out as the brokerage, from (416) 555-0100: your own number is not set up in Aventora.",
  },
  smart_lists: [],
};
export const LISTS_FAILED: CampaignModel = {
  ...READY,
  smart_lists: [],
  lists_problem: "Follow Up Boss did not answer in time or is having trouble.",
};
export const PROBLEM: CampaignModel = {
  session: "",
  state: "unauthorized",
  problem: {
    title: "This page could not be opened",
    sentence: "Follow Up Boss's signature does not fit the campaign app's secret.",
    remedy: "Tell your admin: Please check the embedded app secret of the campaign app in Aventora.",
    support: { code: "unauthorized", request: "req_01hxyz" },
  },
};

const NAMES = [
  "Nivia Jones",
  "محمد عبد الرحمن آل سعود",
  "Wolfeschlegelsteinhausenbergerdorff Konstantinopolitanischer",
  "<b>Bo</b> & Söhne",
  "",
];
const OUTCOMES = ["delivered", "failed", "not_interested", "connected", "no_answer"];

/** The person at a place of the list, with a result. */
export const result = (position: number, more: Partial<CampaignPerson> = {}): CampaignPerson => ({
  position,
  person_id: String(1000 + position),
  name: NAMES[position] ?? `Person ${position}`,
  contact: `+1416555${String(position % 10_000).padStart(4, "0")}`,
  state: "done",
  reason: null,
  outcome: OUTCOMES[position % OUTCOMES.length] ?? "delivered",
  attempts: 1,
  engagement_id: `e-${position}`,
  at: ago(Math.max(0, 600 - position)),
  ...more,
});
export const leftOut = (position: number, reason: string): CampaignPerson =>
  result(position, {
    state: "skipped",
    reason,
    outcome: null,
    attempts: 0,
    engagement_id: null,
    at: null,
    contact: reason.startsWith("no_") ? null : `+1416555${String(position % 10_000).padStart(4, "0")}`,
  });
