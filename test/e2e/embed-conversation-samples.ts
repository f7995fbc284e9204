// Outreaches with a conversation, as the browser tests of the single-contact page show them: every state of it.
import type { LiveEngagement } from "../../renderer/embed/read-engagement.ts";
import type { Conversation } from "../../shared/conversation.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { ago, STARTED } from "./embed-samples.ts";

const CONVERSATION: Conversation = {
  answers: "agent",
  can_automate: true,
  can_reply: true,
  needs_agent: null,
  closed: null,
  chat_link: null,
  last_inbound_at: ago(8),
  pending: [],
};
const TEXTING: Engagement = {
  ...STARTED,
  channel: "sms",
  type: "conversational",
  transcript: [
    { at: ago(90), direction: "outbound", text: "Hi Nivia, would Saturday at ten suit you?", by: "Ann One" },
    { at: ago(8), direction: "inbound", text: "Ten is hard. <b>Eleven</b>?" },
  ],
};
/** By text, the assistant answers. */
export const AUTOMATED: LiveEngagement = {
  ...TEXTING,
  conversation: { ...CONVERSATION, answers: "automated" },
};
/** The assistant does not know how to go on, and some of what was written did not go out. */
export const NEEDS_AGENT: LiveEngagement = {
  ...TEXTING,
  conversation: {
    ...CONVERSATION,
    needs_agent: "Nivia asked for a person. The assistant has stopped answering.",
    pending: [
      { message_id: "m-1", at: ago(6), text: "Eleven works. See you then!", state: "sending", error: null },
      {
        message_id: "m-2",
        at: ago(5),
        text: "Which entrance do you prefer?",
        state: "failed",
        error: "The carrier does not reach this number at the moment.",
      },
      {
        message_id: "m-3",
        at: ago(4),
        text: "هل سيأتي أخوك أيضا؟",
        state: "unknown",
        error: "The carrier did not answer in time.",
      },
    ],
  },
};
export const CHATTING: LiveEngagement = {
  ...TEXTING,
  channel: "chat",
  conversation: {
    ...CONVERSATION,
    can_automate: false,
    chat_link: "https://gateway.example/chat/eng_01jx4m9c7q2v8d5t3k6n.5f0c2b7a9e1d4c6b8a3f",
  },
};
export const CLOSED: LiveEngagement = {
  ...TEXTING,
  status: "completed",
  outcome: "connected",
  completed_at: ago(1),
  summary: "Nivia wrote once; last: “Ten is hard. Eleven?”",
  conversation: {
    ...CONVERSATION,
    answers: "nobody",
    can_reply: false,
    closed: "Nothing was said for 24 hours",
  },
};
