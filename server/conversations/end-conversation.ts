// Ends a conversation because the contact does not want it, within the caller's transaction: nobody answers any more, and what
// was under way has its result.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import type { Trx } from "../db/schema.ts";
import { changeConversation } from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { recordIn } from "../engagements/record-snapshot.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export async function endConversation(
  deps: ConversationDeps,
  trx: Trx,
  row: EngagementRow,
  now: number,
): Promise<void> {
  const why = "The contact asked not to be contacted.";
  await changeConversation(
    trx,
    row.id,
    { answers: "nobody", needs_agent: null, closed_at: now, closed_why: why },
    now,
  );
  if (isTerminal(row.status as EngagementStatus)) return;
  await recordIn(deps, trx, row, {
    snapshot: {
      status: "completed",
      outcome: "not_interested",
      summary: why,
      startedAt: null,
      completedAt: now,
      duration: null,
      transcript: [],
      history: [{ at: now, event: "opted_out", detail: why }],
      seenAt: now,
    },
  });
}
