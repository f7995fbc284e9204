// Ends a conversation by text: nothing was said for the brokerage's hours, or whoever answered says that it is over. What
// was under way until then gets its result, and a summary of what was said.
import { type Channel, type EngagementStatus, isTerminal, isVoice } from "../../shared/values.ts";
import { readChatReference } from "../channels/chat/invitation.ts";
import type { Trx } from "../db/schema.ts";
import { refine } from "../engagements/add-message.ts";
import {
  type ConversationRow,
  changeConversation,
  findConversation,
} from "../engagements/conversation.store.ts";
import { type EngagementRow, findEngagement, updateEngagement } from "../engagements/engagement.store.ts";
import { queueSummary } from "../engagements/queue-activities.ts";
import { recordIn } from "../engagements/record-snapshot.ts";
import { closeCall } from "./close-call.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { sumUp } from "./sum-up.ts";

export interface Ending {
  readonly why: string;
  readonly outcome: "connected" | "delivered" | "not_interested" | "no_answer";
  readonly summary: string | null;
  /** Epoch ms of the last word that was considered: when more was said meanwhile, it is not over. */
  readonly lastWord?: number;
}

/** When to look again, epoch ms, or null when the conversation is over. Called by its job. */
export async function closeWhenSilent(deps: ConversationDeps, engagementId: string): Promise<number | null> {
  const conversation = await findConversation(deps.db, engagementId);
  const row = conversation && (await findEngagement(deps.db, engagementId));
  if (!row || conversation.closed_at !== null) return null;
  if (isVoice(row.channel as Channel)) return closeCall(deps, row, conversation);
  const hours = deps.settings.tenant(row.tenant)?.conversation_hours ?? 24;
  const last = lastWord(conversation);
  const due = last + Math.round(hours * 3_600_000);
  if (deps.clock.now() < due) return due;
  const why = `Nothing was said for ${hours} hours`;
  const closed = await closeConversation(deps, row, {
    why,
    lastWord: last,
    ...(await whatCameOf(deps, row, conversation)),
  });
  return closed ? null : deps.clock.now();
}

const lastWord = ({ opened_at, last_inbound_at, last_outbound_at }: ConversationRow): number =>
  Math.max(opened_at, last_inbound_at ?? 0, last_outbound_at ?? 0);

async function whatCameOf(
  deps: ConversationDeps,
  row: EngagementRow,
  conversation: ConversationRow,
): Promise<Pick<Ending, "outcome" | "summary">> {
  if (conversation.last_inbound_at !== null) {
    const summed = await sumUp(deps, row, conversation, { ask: true });
    return { outcome: summed?.outcome ?? "connected", summary: summed?.summary ?? null };
  }
  const linkOnly = row.provider === "chat" && readChatReference(row.provider_ref ?? "") === null;
  return linkOnly
    ? { outcome: "no_answer", summary: "The link was not sent by the gateway, and nobody wrote." }
    : { outcome: "delivered", summary: "The message was delivered; no reply came." };
}

/** False when nothing was closed: it is closed already, or more was said meanwhile. */
export async function closeConversation(
  deps: ConversationDeps,
  asked: EngagementRow,
  ending: Ending,
): Promise<boolean> {
  const now = deps.clock.now();
  const closed = await deps.db.transaction().execute(async (trx) => {
    const conversation = await findConversation(trx, asked.id);
    const row = await findEngagement(trx, asked.id);
    if (!row || !conversation || conversation.closed_at !== null) return false;
    if (ending.lastWord !== undefined && lastWord(conversation) > ending.lastWord) return false;
    const change = { answers: "nobody" as const, closed_at: now, closed_why: ending.why };
    await changeConversation(trx, row.id, change, now);
    const wrote = conversation.last_inbound_at !== null;
    const over = isTerminal(row.status as EngagementStatus);
    const after = over
      ? await refineResult(trx, row, wrote ? ending : null, now)
      : await recordEnd(deps, trx, row, ending, now);
    // Messages alone are on the person already, or on their way there.
    if (wrote && ending.summary !== null) await queueSummary(trx, after, now);
    return true;
  });
  deps.bus.emit("engagement:changed", { engagementId: asked.id, tenant: asked.tenant });
  deps.nudge();
  return closed;
}

function recordEnd(
  deps: ConversationDeps,
  trx: Trx,
  row: EngagementRow,
  { why, outcome, summary }: Ending,
  now: number,
): Promise<EngagementRow> {
  return recordIn(deps, trx, row, {
    snapshot: {
      status: "completed",
      outcome,
      summary,
      startedAt: null,
      completedAt: now,
      duration: null,
      transcript: [],
      history: [{ at: now, event: "closed", detail: why }],
      seenAt: now,
    },
  });
}

// The outreach had its result when its message was delivered; what was said since says more.
async function refineResult(
  trx: Trx,
  row: EngagementRow,
  ending: Ending | null,
  now: number,
): Promise<EngagementRow> {
  if (ending === null) return row;
  const refined = await refine(trx, row, ending.outcome, now);
  if (ending.summary === null) return refined;
  await updateEngagement(trx, row.id, { summary: ending.summary }, now);
  return { ...refined, summary: ending.summary };
}
