// Kind of work → what runs it, for everything that is said after an outreach began.
import { answerAutomatically } from "../conversations/answer-automatically.ts";
import { closeWhenSilent } from "../conversations/close-conversation.ts";
import type { ConversationRoomDeps } from "../conversations/conversation-deps.ts";
import { mirrorOptOut } from "../conversations/mirror-opt-out.ts";
import { readInbound } from "../conversations/read-inbound.ts";
import { readMail } from "../conversations/read-mail.ts";
import { sendMessage } from "../conversations/send-message.ts";
import { DONE, type RunResult } from "../queue/worker.ts";
import type { Handlers } from "./handlers.ts";

type Kinds =
  | "send-message"
  | "answer-contact"
  | "close-conversation"
  | "mirror-opt-out"
  | "read-mailbox"
  | "read-inbound";

export function conversationJobs(deps: ConversationRoomDeps): Pick<Handlers, Kinds> {
  const again = (at: number | null): RunResult => (at === null ? DONE : { kind: "again", at });
  return {
    "send-message": async ({ message_id }) => again(await sendMessage(deps, message_id)),
    "answer-contact": async ({ engagement_id }, { attempt, signal }) => {
      await answerAutomatically(deps, engagement_id, attempt, signal);
      return DONE;
    },
    "close-conversation": async ({ engagement_id }) => again(await closeWhenSilent(deps, engagement_id)),
    "mirror-opt-out": async ({ suppression_id, lifted }, { signal }) => {
      await mirrorOptOut(deps, { suppressionId: suppression_id, lifted }, signal);
      return DONE;
    },
    "read-mailbox": async ({ tenant }) => again(await readMail(deps, tenant)),
    "read-inbound": async ({ tenant }) => again(await readInbound(deps, tenant)),
  };
}
