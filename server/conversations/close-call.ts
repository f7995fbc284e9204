// The conversation of a call ends with the call: whatever ended it, it is summed up from its transcript, and that goes onto
// the call's one record. Looked at by the job that closes conversations, so that a restart or a lost callback changes nothing.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import type { DbOrTrx, Trx } from "../db/schema.ts";
import { refine } from "../engagements/add-message.ts";
import {
  type ConversationRow,
  changeConversation,
  findConversation,
} from "../engagements/conversation.store.ts";
import { type EngagementRow, findEngagement, updateEngagement } from "../engagements/engagement.store.ts";
import { queueActivities } from "../engagements/queue-activities.ts";
import type { ConversationSummary } from "../llm/summarize-conversation.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { sumUp } from "./sum-up.ts";

/** How soon it is looked whether the call is over. */
const LOOK_MS = 5_000;

export async function enqueueCallEnd(db: DbOrTrx, engagementId: string, now: number): Promise<void> {
  const options = { now, runAt: now + LOOK_MS, dedupeKey: `close:${engagementId}` };
  await enqueue(db, "close-conversation", { engagement_id: engagementId }, options);
}

/** When to look again, epoch ms; null when all is done. */
export async function closeCall(
  deps: ConversationDeps,
  row: EngagementRow,
  conversation: ConversationRow,
): Promise<number | null> {
  if (!isTerminal(row.status as EngagementStatus)) return deps.clock.now() + LOOK_MS;
  // Where nobody was talked to there is nothing to sum up.
  const talked = row.outcome === "connected";
  const summed = talked ? await sumUp(deps, row, conversation, { ask: true }) : null;
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const current = await findConversation(trx, row.id);
    // Who has to go on is told until an agent has seen it.
    if (current?.closed_at === null && current.needs_agent === null)
      await changeConversation(
        trx,
        row.id,
        { answers: "nobody", closed_at: now, closed_why: "The call ended" },
        now,
      );
    if (summed) await addSummary(trx, row.id, summed, now);
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  deps.nudge();
  return null;
}

async function addSummary(
  trx: Trx,
  id: string,
  { summary, outcome }: Pick<ConversationSummary, "summary" | "outcome">,
  now: number,
): Promise<void> {
  const row = await findEngagement(trx, id);
  if (!row) return;
  const refined = outcome === null ? row : await refine(trx, row, outcome, now);
  await updateEngagement(trx, id, { summary }, now);
  await queueActivities(trx, { ...refined, summary }, { newMessages: 0, resultChanged: true }, now);
}
