// An agent's own words to the contact, from the app in Follow Up Boss or from the console. Whoever replies has taken over:
// no machine answers beside them.

import type { Channel } from "../../shared/values.ts";
import { isVoice } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { changeConversation, openConversation } from "../engagements/conversation.store.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { noteDecision } from "../engagements/note-decision.ts";
import { refuseMoved } from "../engagements/refuse-moved.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { askRules } from "./judge-message.ts";
import { queueMessage } from "./queue-message.ts";

export interface Reply {
  readonly engagementId: string;
  readonly text: string;
  /** "agent:<user id>", or "agent" for somebody at the console. */
  readonly author: string;
  /** Unique within the outreach: a repeated click is the same message. */
  readonly clickId: string;
}

/** The message's id. @throws GatewayError engagement_not_found, wrong_state, or the rule that refuses (opted_out …). */
export async function replyToContact(deps: ConversationDeps, reply: Reply): Promise<string> {
  const row = await findEngagement(deps.db, reply.engagementId);
  if (!row) throw new GatewayError("engagement_not_found");
  refuseDeaf(deps, row);
  await refuseMoved(deps.db);
  const now = deps.clock.now();
  const decision = await askRules(deps, row, { now, answersThem: true });
  if (decision.decision === "refused") {
    await noteDecision(deps.db, row, "message", decision, now);
    throw new GatewayError(decision.rule, { sentence: decision.sentence, details: { rule: decision.rule } });
  }
  const id = await deps.db.transaction().execute(async (trx) => {
    await openConversation(trx, row, "agent", now);
    const taken = { answers: "agent" as const, needs_agent: null, closed_at: null, closed_why: null };
    await changeConversation(trx, row.id, taken, now);
    return queueMessage(trx, row, {
      text: reply.text,
      author: reply.author,
      purpose: "reply",
      requestKey: `reply/${row.id}/${reply.clickId}`,
      now,
    });
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  deps.nudge();
  return id;
}

/** Can anything be written to the contact within this outreach? */
export const canReply = (deps: Pick<ConversationDeps, "providers">, row: EngagementRow): boolean =>
  !isVoice(row.channel as Channel) &&
  row.rule === null &&
  row.launch_state === "launched" &&
  !isClosedChat(row) &&
  row.contact !== null &&
  deps.providers.get(row.provider).send !== undefined;

function refuseDeaf(deps: ConversationDeps, row: EngagementRow): void {
  if (canReply(deps, row)) return;
  throw new GatewayError("wrong_state", { sentence: whyDeaf(row) });
}

// Canceling takes the page away; whoever was written to otherwise can still be answered.
const isClosedChat = ({ provider, status }: EngagementRow): boolean =>
  provider === "chat" && status === "canceled";

function whyDeaf(row: EngagementRow): string {
  if (isVoice(row.channel as Channel)) return "Nothing can be written to somebody in a call.";
  if (isClosedChat(row)) return "This chat was closed.";
  return row.launch_state === "launched"
    ? `Whoever carries this channel (${row.provider}) takes no further messages.`
    : "The first message has not gone out yet.";
}
