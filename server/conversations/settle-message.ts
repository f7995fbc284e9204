// What became of a further message, written with its consequence: sent ones stand in the transcript and in the CRM, others
// are told to whoever has to look.
import type { Selectable } from "kysely";
import type { SentMessage } from "../channels/channel.ts";
import type { OutgoingMessageTable } from "../db/channel-tables.ts";
import { about } from "../engagements/about-engagement.ts";
import { addMessage } from "../engagements/add-message.ts";
import { enqueueClosing } from "../engagements/await-reply.ts";
import { changeConversation, openConversation } from "../engagements/conversation.store.ts";
import { addHistory, type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export type MessageRow = Selectable<OutgoingMessageTable>;

export type MessageEnd =
  | { readonly state: "sent"; readonly sent: SentMessage }
  | { readonly state: "failed" | "refused" | "unknown"; readonly error: string };

export async function changeMessage(
  deps: Pick<ConversationDeps, "db">,
  id: string,
  change: Partial<MessageRow>,
): Promise<void> {
  await deps.db.updateTable("outgoing_messages").set(change).where("id", "=", id).execute();
}

export async function settleMessage(
  deps: ConversationDeps,
  asked: EngagementRow,
  message: MessageRow,
  end: MessageEnd,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const row = (await findEngagement(trx, asked.id)) ?? asked;
    const change =
      end.state === "sent" ? { provider_ref: end.sent.reference, error: null } : { error: end.error };
    await trx
      .updateTable("outgoing_messages")
      .set({ ...change, state: end.state, settled_at: now })
      .where("id", "=", message.id)
      .execute();
    if (end.state !== "sent") {
      await addHistory(trx, row.id, [{ at: now, event: `message_${end.state}`, detail: end.error }]);
      await deps.journal.add(trx, {
        ...about(row),
        severity: end.state === "unknown" ? "error" : "warn",
        event: `message.${end.state}`,
        message: `A message to the contact was not sent: ${end.error}`,
      });
      if (message.purpose !== "opt_out_confirmation")
        await changeConversation(trx, row.id, { needs_agent: end.error }, now);
      return;
    }
    const { reference, at } = end.sent;
    const { text, author } = message;
    await addMessage(trx, row, { key: reference, at, direction: "outbound", text, author }, now);
    await openConversation(trx, row, "agent", now);
    await changeConversation(trx, row.id, { last_outbound_at: at }, now);
    if (message.purpose === "reply" || message.purpose === "answer")
      await enqueueClosing(deps, trx, row, now);
    await deps.journal.add(trx, {
      ...about(row),
      event: "message.sent",
      message: "A message was sent to the contact",
      detail: { author, purpose: message.purpose },
    });
  });
  deps.bus.emit("engagement:changed", { engagementId: asked.id, tenant: asked.tenant });
  deps.nudge();
}
