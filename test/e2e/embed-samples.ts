// Models and engagements the browser tests of the embed page show: every state of the page, and hard names.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";

const HOUR_MS = 3_600_000;
export const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/** The next eight o'clock in Toronto's winter, at least two hours away: ISO. */
export function nextMorning(now: number): string {
  const at = new Date(now + 2 * HOUR_MS);
  at.setUTCHours(at.getUTCHours() < 13 ? 13 : 37, 0, 0, 0);
  return at.toISOString();
}

export const READY: EmbedModel = {
  session: "session-1",
  state: "ready",
  tenant: "fub-test",
  person: { id: "812", name: "Nivia Jones" },
  contacts: [
    {
      value: "+14165550123",
      label: "(416) 555-0123",
      kind: "phone",
      type: "mobile",
      primary: true,
      channels: ["phone", "sms", "wmsg", "wvoice", "chat"],
      note: null,
    },
    {
      value: "+14165550188",
      label: "(416) 555-0188",
      kind: "phone",
      type: "home",
      primary: false,
      channels: ["phone", "wvoice"],
      note: "Landline",
    },
    {
      value: "nivia@example.com",
      label: "nivia@example.com",
      kind: "email",
      type: "home",
      primary: true,
      channels: ["email", "chat"],
      note: null,
    },
  ],
  agent: { name: "Ann One", from: "+14165550111", matched: "matched by phone", warning: null },
  recent: [
    {
      engagement_id: "r-1",
      status: "completed",
      outcome: "no_answer",
      channel: "phone",
      type: "informational",
      user_id: "u1",
      contact: "+14165550123",
      at: ago(7300),
      by: "Ann One",
      summary: null,
    },
    {
      engagement_id: "r-2",
      status: "completed",
      outcome: "delivered",
      channel: "sms",
      type: "informational",
      user_id: "u2",
      contact: "+14165550123",
      at: ago(90_000),
      by: "Ben Two",
      summary:
        "Asked whether Saturday at ten suits; she wants to see the garden and will bring her brother along.",
    },
  ],
  running: null,
};

export const HARD_NAMES: EmbedModel = {
  ...READY,
  preview: true,
  person: { id: "9", name: "محمد عبد الرحمن آل سعود" },
  contacts: (READY.contacts ?? []).map((contact) => ({
    ...contact,
    label:
      contact.kind === "email"
        ? "bartholomew.featherstonehaugh-cholmondeley.the-third@a-very-long-estate-agency.example"
        : contact.label,
    note:
      contact.kind === "phone"
        ? "Belongs to Bartholomew Featherstonehaugh-Cholmondeley (relationship)"
        : null,
    channels: contact.kind === "email" ? ["email"] : [],
  })),
  blocked: { chat: "The chat channel is not set up for this brokerage" },
  agent: {
    name: "Wolfeschlegelsteinhausenbergerdorff Konstantinopolitanischer",
    from: null,
    matched: "matched by e-mail",
    warning: "Calls go out as the brokerage, from (416) 555-0100: your own number is not set up in Aventora.",
  },
  recent: [],
};

export const PROBLEM: EmbedModel = {
  session: "",
  state: "user_not_found",
  problem: {
    title: "Aventora does not know you yet",
    sentence:
      "You are signed in to Follow Up Boss as Ann One, but no agent of this brokerage has your phone number.",
    remedy:
      "Tell your admin: Please add Ann One (ann@example.com) as a user in Aventora with the same phone number as in Follow Up Boss.",
    support: {
      code: "user_not_found",
      account: "example",
      "Follow Up Boss user": "17",
      request: "req_01hxyz",
    },
  },
};

export const STARTED: Engagement = {
  engagement_id: "e-1",
  domain_name: "fub-test",
  status: "in_progress",
  outcome: null,
  channel: "phone",
  type: "informational",
  person_id: "812",
  user_id: "u1",
  contact: "+14165550123",
  started_at: ago(20),
  completed_at: null,
  duration: null,
  summary: null,
  transcript: [
    { at: ago(12), direction: "outbound", text: "Hi, this is Ann One's assistant from Fub Test Realty." },
    { at: ago(8), direction: "inbound", text: "Oh hello! <b>Yes</b>, I have a minute." },
  ],
  history: [
    { at: ago(20), event: "engagement.accepted", detail: "Started by Ann One" },
    { at: ago(16), event: "call.dialing", detail: "" },
    { at: ago(12), event: "call.answered", detail: "Answered" },
  ],
};

export const ENDED: Engagement = {
  ...STARTED,
  status: "completed",
  outcome: "connected",
  completed_at: ago(1),
  duration: 125,
  summary: "She would like to see the house on Saturday at ten.",
};

export const PARKED: Engagement = {
  ...STARTED,
  status: "paused",
  transcript: [],
  parked_reason: "It is not known whether the call was placed. Your admin has been asked to look.",
};

/** Too late where she is: calls and texts wait for the morning, e-mail does not. */
export const OPENS_AT = nextMorning(Date.now());
const closed = {
  opens_at: OPENS_AT,
  opens: "8:00 am tomorrow, their time",
  sentence: "It is 9:40 pm where Nivia is. Calls and texts may go out from 8:00 am to 9:00 pm, their time.",
};
export const LATE: EmbedModel = {
  ...READY,
  contacts: (READY.contacts ?? []).map((contact) => ({
    ...contact,
    ...(contact.value === "+14165550123" ? { hours: { phone: closed, sms: closed } } : {}),
  })),
};

export const SCHEDULED: Engagement = {
  ...STARTED,
  status: "queued",
  started_at: null,
  waits_until: OPENS_AT,
  transcript: [],
  history: [
    {
      at: ago(5),
      event: "accepted",
      detail: `Ann One asked for it (app in Follow Up Boss); it waits for their hours, until ${OPENS_AT}`,
    },
  ],
};
