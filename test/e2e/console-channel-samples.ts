// What the browser tests of channels and conversations show: carriers in every state, agents to verify, people who wrote.
import type { ChannelsView, ConversationList, Tested } from "../../shared/console/channels.schema.ts";
import type { Conversation } from "../../shared/conversation.schema.ts";
import type { TranscriptRow } from "../../shared/engagement.schema.ts";
import { tenantSchema } from "../../shared/settings.schema.ts";
import { ago, HEBREW, LONG_SLUG, ROWS } from "./console-samples.ts";
import { SETTINGS_ANSWERS, VIEW } from "./console-settings-samples.ts";
import type { Answers } from "./console-stub.ts";

export const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const LONG_NAME = "Bartholomew Featherstonehaugh-Cholmondeley the Third";
const [plain, other] = VIEW.tenants;

/** A brokerage on real channels, and one on the simulator. */
export const REAL_VIEW = {
  ...VIEW,
  tenants: [
    tenantSchema.parse({
      ...plain,
      channels: { phone: "twilio", sms: "twilio", wmsg: "twilio", chat: "chat", email: "smtp" },
      ...{ twilio_account_sid: ACCOUNT, twilio_number: "+14165550100", voice_mode: "announcement" },
      ...{ record_calls: true, automated_channels: ["sms"], llm_url: "http://localhost:11434/v1" },
      ...{ smtp_host: "mail.example.com", imap_host: "mail.example.com", mail_from: "hello@example.com" },
      whatsapp_templates: [
        {
          ...{ name: "first_contact", content_sid: `HX${"0123456789abcdef".repeat(2)}` },
          ...{ call_types: ["informational"], variables: { 1: "{first_name}", 2: "{instruction}" } },
        },
      ],
      contact_hours: "never",
      contact_caps: { calls: { per_day: 2 } },
      blocking_tags: ["Do Not Call", HEBREW],
    }),
    ...(other === undefined ? [] : [other]),
  ],
  secrets: {
    ...VIEW.secrets,
    "tenant/fub-test/twilio_auth_token": {
      ...{ set_at: ago(86_400), hint: "9c", from: "vault" as const },
      last_used: { at: ago(120), accepted: true, sentence: "Twilio accepted it." },
    },
  },
};

export const CHANNELS_VIEW: ChannelsView = {
  channels: [
    {
      ...{ channel: "phone", provider: "twilio" },
      findings: [
        { state: "ok", sentence: "Twilio placed a call 4 min ago.", remedy: null },
        {
          ...{ state: "warn", sentence: "Two agents' phones are not verified at Twilio." },
          remedy: "Verify them below, or let them use the number at Twilio.",
        },
      ],
    },
    {
      ...{ channel: "sms", provider: "twilio" },
      findings: [
        {
          ...{ state: "bad", sentence: "The number is not registered for texts in the US (30034)." },
          remedy: "Register the brand and the campaign at Twilio under Messaging, Regulatory compliance.",
        },
      ],
    },
    { channel: "wmsg", provider: "twilio", findings: [] },
    { channel: "wvoice", provider: "simulator", findings: [] },
    { channel: "chat", provider: "chat", findings: [] },
    {
      ...{ channel: "email", provider: "smtp" },
      findings: [{ state: "ok", sentence: "An e-mail was accepted 2 h ago.", remedy: null }],
    },
  ],
  mailbox: { checked_at: ago(95), error: "The mail server did not accept the login." },
  inbound_url: "https://gateway.example.com/integration/channels/twilio/fub-test/inbound?k=made-for-the-test",
};

export const CALLER_IDS = {
  agents: [
    { user_id: "u1", name: "Ann One", number: "+14165550111", verified: true, uses: "own_phone" },
    { user_id: "u2", name: HEBREW, number: "+14165550122", verified: false, uses: "own_phone" },
    { user_id: "u3", name: LONG_NAME, number: null, verified: false, uses: "own_phone" },
    { user_id: "u4", name: "Dev Four", number: "+14165550144", verified: false, uses: "twilio_number" },
  ],
};
export const VERIFIED = {
  agents: CALLER_IDS.agents.map((agent) => (agent.user_id === "u2" ? { ...agent, verified: true } : agent)),
};
const VERIFYING = {
  ...{ number: "+14165550122", code: "493017" },
  sentence: "The call comes from Twilio, in English, within a minute.",
};

const TESTED: Tested = {
  ok: false,
  findings: [
    { state: "ok", sentence: "The account answers: Aventora Realty, active.", remedy: null },
    {
      ...{ state: "bad", sentence: "The number (416) 555-0100 does not belong to this account." },
      remedy: "Choose a number of the account, or buy it at Twilio.",
    },
    { state: "warn", sentence: "It may start 1 call per second.", remedy: null },
  ],
};
export const MODELS: Tested = {
  ok: true,
  findings: [{ state: "ok", sentence: "It answered in 0.8 s.", remedy: null }],
  models: ["llama3.2:3b", "qwen3:8b"],
};

type Row = ConversationList["conversations"][number];
export const talk = (id: string, changes: Partial<Row> = {}): Row => ({
  ...{ engagement_id: id, tenant: "fub-test", channel: "sms", contact: "+14165550123" },
  ...{ person_name: "Nivia Jones", by: "Ann One", answers: "agent", needs_agent: null },
  ...{ last_text: "Saturday at two would be great, thank you!", last_at: ago(300) },
  ...changes,
});
export const CONVERSATIONS: ConversationList = {
  conversations: [
    talk("e-1", {
      ...{ needs_agent: "Nivia Jones asked for a person.", last_at: ago(30) },
      last_text: "Can I talk to somebody real please?",
    }),
    talk("e-7", {
      ...{ needs_agent: "The limit of automated answers is reached.", channel: "chat", contact: null },
      ...{ person_name: HEBREW, last_text: "מה שלומך? אשמח לשמוע עוד על הדירה", last_at: ago(1200) },
    }),
    talk("e-8", { answers: "automated", channel: "wmsg", person_name: LONG_NAME }),
    talk("e-9", { answers: "nobody", channel: "email", contact: "nivia@example.com", person_name: null }),
    talk("e-10", { tenant: LONG_SLUG, by: null, last_text: null }),
  ],
};

export const said = (at: number, direction: TranscriptRow["direction"], text: string): TranscriptRow => ({
  at: ago(at),
  direction,
  text,
});
export const TRANSCRIPT: TranscriptRow[] = [
  said(
    400,
    "outbound",
    "Hi Nivia, this is Ann One of Aventora Realty. Shall we look at the house on Saturday?",
  ),
  said(320, "inbound", "Which house?"),
  said(310, "outbound", "This is the automated assistant of Aventora Realty: the one on Elm Street."),
  said(30, "inbound", "Can I talk to somebody real please?"),
];

export const CONVERSATION: Conversation = {
  ...{ answers: "agent", can_automate: true, can_reply: true },
  ...{ needs_agent: "Nivia Jones asked for a person.", closed: null, chat_link: null },
  last_inbound_at: ago(30),
  pending: [
    { message_id: "m-1", at: ago(20), text: "Of course, I call you at noon.", state: "sending", error: null },
    {
      ...{ message_id: "m-2", at: ago(10), text: "Here is the address.", state: "failed" },
      error: "The phone cannot be reached at the moment (30003).",
    },
  ],
};

const [first = undefined] = ROWS;
export const CHANNEL_ANSWERS: Answers = {
  ...SETTINGS_ANSWERS,
  "GET /settings": REAL_VIEW,
  "GET /channels": CHANNELS_VIEW,
  "GET /channels/twilio/caller-ids": CALLER_IDS,
  "POST /channels/twilio/caller-ids": VERIFYING,
  "POST /channels/twilio/test": TESTED,
  "POST /channels/mail/test": { ok: true, findings: [] },
  "POST /channels/model/test": MODELS,
  "GET /conversations": CONVERSATIONS,
  "GET /engagements/e-1": { ...first, transcript: TRANSCRIPT, history: [] },
  "GET /engagements/e-1/conversation": CONVERSATION,
  "POST /engagements/e-1/messages": { message_id: "m-9", status: "accepted" },
};
