// The conversation of an outreach for whoever looks at it: who answers, what waits to be sent, whether one may write.
import type { Conversation } from "../../shared/conversation.schema.ts";
import { isoTime } from "../base/clock.ts";
import { answererOf, findConversation } from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";
import { canReply } from "./reply-to-contact.ts";

type ReadDeps = Pick<ConversationRoomDeps, "db" | "providers" | "settings" | "chatLink">;

/** null where there is nothing to converse about: calls, channels that take no further messages. */
export async function readConversation(deps: ReadDeps, row: EngagementRow): Promise<Conversation | null> {
  const conversation = await findConversation(deps.db, row.id);
  const mayReply = canReply(deps, row);
  if (!conversation && !mayReply) return null;
  const pending = await deps.db
    .selectFrom("outgoing_messages")
    .select(["id", "created_at", "text", "state", "error"])
    .where("engagement_id", "=", row.id)
    .where("state", "!=", "sent")
    .where("purpose", "!=", "opt_out_confirmation")
    .orderBy("created_at")
    .execute();
  return {
    answers: conversation?.answers ?? "agent",
    can_automate: answererOf(deps.settings.tenant(row.tenant), row.channel) === "automated",
    can_reply: mayReply && conversation?.answers !== "nobody",
    needs_agent: conversation?.needs_agent ?? null,
    closed: conversation?.closed_why ?? null,
    chat_link: row.provider === "chat" ? (deps.chatLink(row.id) ?? null) : null,
    last_inbound_at: conversation?.last_inbound_at == null ? null : isoTime(conversation.last_inbound_at),
    pending: pending.flatMap(({ id, created_at, text, state, error }) =>
      state === "sent" ? [] : [{ message_id: id, at: isoTime(created_at), text, state, error }],
    ),
  };
}
