// What became of a further message, written with its consequence: sent ones stand in the transcript and in the CRM, others
// are told to whoever has to look.
import type { Selectable } from "kysely";
import type { SentMessage } from "../channels/channel.ts";
import type { OutgoingMessageTable } from "../db/channel-tables.ts";
import type { Trx } from "../db/schema.ts";
import { about } from "../engagements/about-engagement.ts";
import { addMessage } from "../engagements/add-message.ts";
import { enqueueClosing } from "../engagements/await-reply.ts";
import { changeConversation, findConversation, openConversation } from "../engagements/conversation.store.ts";
import { addHistory, type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { enqueuePoll } from "../engagements/enqueue-poll.ts";
import { tellFailed } from "../engagements/fail-sent.ts";
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
  await deps.db.transaction().execute(async (trx) => {
    const row = (await findEngagement(trx, asked.id)) ?? asked;
    if (end.state === "sent") await keepSent(deps, trx, row, message, end.sent);
    else await keepUnsent(deps, trx, row, message, end);
  });
  deps.bus.emit("engagement:changed", { engagementId: asked.id, tenant: asked.tenant });
  deps.nudge();
}

async function keepUnsent(
  deps: ConversationDeps,
  trx: Trx,
  row: EngagementRow,
  { id, purpose }: MessageRow,
  { state, error }: Exclude<MessageEnd, { state: "sent" }>,
): Promise<void> {
  const now = deps.clock.now();
  await trx
    .updateTable("outgoing_messages")
    .set({ error, state, settled_at: now })
    .where("id", "=", id)
    .execute();
  await addHistory(trx, row.id, [{ at: now, event: `message_${state}`, detail: error }]);
  await deps.journal.add(trx, {
    ...about(row),
    severity: state === "unknown" ? "error" : "warn",
    event: `message.${state}`,
    message: `A message to the contact was not sent: ${error}`,
  });
  // Where the conversation is over, nobody has to do anything about it.
  const conversation = await findConversation(trx, row.id);
  if (purpose !== "opt_out_confirmation" && conversation?.closed_at === null)
    await changeConversation(trx, row.id, { needs_agent: error }, now);
}

async function keepSent(
  deps: ConversationDeps,
  trx: Trx,
  row: EngagementRow,
  message: MessageRow,
  { reference, at, nextPollAt }: SentMessage,
): Promise<void> {
  const now = deps.clock.now();
  const { text, author, purpose } = message;
  const failure = await toldMeanwhile(trx, message.id);
  const state = failure === null ? "sent" : "failed";
  await trx
    .updateTable("outgoing_messages")
    .set({ provider_ref: reference, error: failure, state, settled_at: now })
    .where("id", "=", message.id)
    .execute();
  await addMessage(trx, row, { key: reference, at, direction: "outbound", text, author }, now);
  await openConversation(trx, row, "agent", now);
  await changeConversation(trx, row.id, { last_outbound_at: at }, now);
  if (purpose === "reply" || purpose === "answer") await enqueueClosing(deps, trx, row, now);
  await deps.journal.add(trx, {
    ...about(row),
    event: "message.sent",
    message: "A message was sent to the contact",
    detail: { author, purpose },
  });
  if (failure !== null) await tellFailed(deps, trx, row, failure);
  else if (nextPollAt != null) await enqueuePoll(trx, row.id, nextPollAt, now);
}

/** The carrier may say that it did not arrive before its answer that it took it is here. */
async function toldMeanwhile(trx: Trx, id: string): Promise<string | null> {
  const stored = await trx
    .selectFrom("outgoing_messages")
    .select("error")
    .where("id", "=", id)
    .where("state", "=", "sending")
    .executeTakeFirst();
  return stored?.error ?? null;
}
