// A further message whose job was set aside. Where the carrier may have been asked already, nobody can tell whether it went
// out; it is never said twice.
import { findEngagement } from "../engagements/engagement.store.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { settleMessage } from "./settle-message.ts";

export async function failMessage(
  deps: ConversationDeps,
  messageId: string,
  sentence: string,
): Promise<void> {
  const message = await deps.db
    .selectFrom("outgoing_messages")
    .selectAll()
    .where("id", "=", messageId)
    .executeTakeFirst();
  if (!message || (message.state !== "waiting" && message.state !== "sending")) return;
  const row = await findEngagement(deps.db, message.engagement_id);
  if (!row) return;
  const end =
    message.state === "sending"
      ? ({ state: "unknown", error: `It is not known whether this message went out: ${sentence}` } as const)
      : ({ state: "failed", error: sentence } as const);
  await settleMessage(deps, row, message, end);
}
