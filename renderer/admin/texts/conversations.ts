// Words of conversations: their list, and the one beside an outreach.
import type { Conversation, PendingMessage } from "../../../shared/conversation.schema.ts";

export const CONVERSATIONS = {
  note: "Exchanges by text, WhatsApp, chat and e-mail. Those in which somebody waits for a person come first.",
  list: "Conversations, those that need a person first",
  columns: { state: "State", who: "With whom", last: "Last said", over: "Over", by: "By", when: "When" },
  none: "No conversations",
  noneText: "When a contact answers a text, a WhatsApp message, an e-mail or in the chat, it appears here.",
  noMatchWaiting: "Nobody waits for a person",
  filter: "What to show",
  waiting: "Needs an agent",
  states: {
    agent: "An agent answers",
    automated: "Assistant answers",
    nobody: "Ended",
  } satisfies Readonly<Record<Conversation["answers"], string>>,
  row: (state: string, who: string, over: string) => `${who}, ${over}: ${state}. Show`,
  someone: "Unknown",
  drawer: "Conversation",
} as const;

export const TALK = {
  answers: {
    agent: "An agent answers this contact.",
    automated: "A language model answers this contact.",
    nobody: "The conversation has ended.",
  } satisfies Readonly<Record<Conversation["answers"], string>>,
  takeOver: "Take over",
  reopen: "Open it again",
  automate: "Let the assistant answer",
  end: "End the conversation",
  endTitle: "End this conversation?",
  endText:
    "What the contact writes afterwards is still kept, but nobody is told to answer. It can be opened again.",
  endAct: "End it",
  took: "You answer from now on.",
  automated: "The assistant answers from now on.",
  ended: "The conversation has ended.",
  reply: "Reply",
  replyHint: "Ctrl and Enter send it.",
  replyTakes: "Whoever replies takes over from the assistant.",
  send: "Send",
  cannot: "Nothing can be written to this contact now.",
  link: "The contact's chat page",
  linkHint: "Hand it on by other means if the contact lost it. Whoever has the link can read and write.",
  lastWrote: "They last wrote",
  log: "What was said and written",
  pending: {
    waiting: "Waiting to go out",
    sending: "Going out…",
    failed: "Did not go out",
    refused: "Not sent: a rule is against it",
    unknown: "It is not known whether it went out",
  } satisfies Readonly<Record<PendingMessage["state"], string>>,
} as const;
