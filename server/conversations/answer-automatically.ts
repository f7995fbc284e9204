// The language model's turn in a conversation by text: asks it, books what it cost, sends what came of it, and tells the
// agent where a person has to go on. The contact is never left without a word.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { zonesOf } from "../contact/zones/number-place.ts";
import type { DbOrTrx, Trx } from "../db/schema.ts";
import {
  answererOf,
  type ConversationRow,
  changeConversation,
  findConversation,
} from "../engagements/conversation.store.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { answerContact } from "../llm/answer-contact.ts";
import type { AutomatedAnswer } from "../llm/answer-request.ts";
import { splitTranscript } from "../llm/split-transcript.ts";
import { closeConversation } from "./close-conversation.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { bookCost, conversationFacts, modelOf } from "./conversation-facts.ts";
import { leaveToAgent, needAgent } from "./need-agent.ts";
import { obeyUnderstood } from "./obey-understood.ts";
import { queueMessage } from "./queue-message.ts";
import { sumUp } from "./sum-up.ts";

/** Tries before the contact is told that a person will get back to them. */
const TRIES = 3;

interface Turn {
  readonly row: EngagementRow;
  readonly conversation: ConversationRow;
  readonly tenant: Readonly<TenantSettings>;
  /** What the contact said last when the model was asked. */
  readonly heard: string;
  /** Everything they said that waited for an answer then. */
  readonly said: string;
}

/** @throws GatewayError model_unavailable while it is worth trying again. */
export async function answerAutomatically(
  deps: ConversationDeps,
  engagementId: string,
  attempt: number,
  signal?: AbortSignal,
): Promise<void> {
  const row = await findEngagement(deps.db, engagementId);
  const conversation = await findConversation(deps.db, engagementId);
  const tenant = row && deps.settings.tenant(row.tenant);
  if (!tenant || conversation?.answers !== "automated") return;
  if (answererOf(tenant, row.channel) !== "automated")
    return leaveToAgent(deps, row.id, "Automated answers were switched off, and the contact waits.");
  const heard = await lastHeard(deps.db, row.id);
  if (heard === undefined || (await isAnswered(deps, row.id, heard))) return;
  const facts = await conversationFacts(deps, row, conversation, tenant);
  const sentBefore = await machineWords(deps, row.id);
  const answer = await answerContact(
    { clock: deps.clock, log: deps.log },
    {
      ...facts,
      model: modelOf(deps, tenant),
      turns: conversation.turns,
      startedAt: conversation.opened_at,
      now: deps.clock.now(),
      zone: zonesOf(row.contact ?? "")[0] ?? null,
      announced: sentBefore.size > 0,
      held: sentBefore.has("holding"),
      ...(signal ? { signal } : {}),
    },
  );
  if (answer.trouble && answer.trouble.retry.kind !== "never" && attempt < TRIES) {
    await bookCost(deps, row.id, answer.cost_micros);
    throw answer.trouble;
  }
  const said = splitTranscript(facts.transcript).unanswered;
  await settleTurn(deps, { row, conversation, tenant, heard, said }, answer);
}

/** The key of what the contact said last and waits for an answer to: no notice of a machine, no HELP. Undefined: nothing. */
async function lastHeard(db: DbOrTrx, engagementId: string): Promise<string | undefined> {
  const last = await db
    .selectFrom("messages as said")
    .innerJoin("inbound_messages as came", (join) =>
      join.onRef("came.engagement_id", "=", "said.engagement_id").onRef("came.key", "=", "said.key"),
    )
    .select("said.key")
    .where("said.engagement_id", "=", engagementId)
    .where("came.result", "=", "message")
    .orderBy("said.position", "desc")
    .limit(1)
    .executeTakeFirst();
  return last?.key ?? undefined;
}

const answerKey = (engagementId: string, heard: string): string => `answer/${engagementId}/${heard}`;

// An answer stands in the transcript once it went out only, perhaps after what the contact said next.
async function isAnswered(deps: ConversationDeps, engagementId: string, heard: string): Promise<boolean> {
  const answer = await deps.db
    .selectFrom("outgoing_messages")
    .select("id")
    .where("request_key", "=", answerKey(engagementId, heard))
    .executeTakeFirst();
  return answer !== undefined;
}

/** Purposes of what the machine has said so far. */
async function machineWords(deps: ConversationDeps, engagementId: string): Promise<ReadonlySet<string>> {
  const rows = await deps.db
    .selectFrom("outgoing_messages")
    .select("purpose")
    .distinct()
    .where("engagement_id", "=", engagementId)
    .where("author", "=", "automated")
    .execute();
  return new Set(rows.map(({ purpose }) => purpose));
}

async function settleTurn(deps: ConversationDeps, turn: Turn, answer: AutomatedAnswer): Promise<void> {
  const { row } = turn;
  await bookCost(deps, row.id, answer.cost_micros);
  if (answer.optOut) return obeyUnderstood(deps, turn);
  const taken = await deps.db.transaction().execute(async (trx) => {
    if (!(await stillItsTurn(trx, turn))) return false;
    await say(deps, trx, turn, answer);
    if (answer.handOver !== null) await needAgent(deps, trx, row, answer.handOver, deps.clock.now());
    return true;
  });
  if (!taken) return;
  if (answer.close)
    await closeConversation(deps, row, {
      why: "The automated assistant ended the conversation",
      outcome: answer.outcome ?? "connected",
      summary: answer.summary ?? (await sumUp(deps, row, turn.conversation, { ask: false }))?.summary ?? null,
    });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  deps.nudge();
}

// An agent may have taken over while the model thought, or the contact may have gone on: that has a turn of its own.
async function stillItsTurn(trx: Trx, { row, heard }: Turn): Promise<boolean> {
  const now = await findConversation(trx, row.id);
  return now?.answers === "automated" && (await lastHeard(trx, row.id)) === heard;
}

async function say(deps: ConversationDeps, trx: Trx, turn: Turn, answer: AutomatedAnswer): Promise<void> {
  if (answer.reply === "") return;
  const { row, conversation, heard } = turn;
  const now = deps.clock.now();
  await queueMessage(trx, row, {
    text: answer.reply,
    author: "automated",
    purpose: answer.handOver === null ? "answer" : "holding",
    requestKey: answerKey(row.id, heard),
    now,
  });
  await changeConversation(trx, row.id, { turns: conversation.turns + 1 }, now);
}
