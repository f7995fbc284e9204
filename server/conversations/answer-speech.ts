// What is said to a contact who said something in a call: the model's answer, or a goodbye where they want no more calls.
// What came of it is kept with the conversation. Called by speak-with-contact.
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { SaidTurn, SpokenTurn } from "../channels/twilio/twilio-callbacks.ts";
import { zonesOf } from "../contact/zones/number-place.ts";
import {
  type ConversationRow,
  changeConversation,
  openConversation,
} from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { recordOptOut } from "../engagements/record-opt-out.ts";
import { answerContact } from "../llm/answer-contact.ts";
import type { AutomatedAnswer, SaidLine } from "../llm/answer-request.ts";
import type { Language } from "../llm/guess-language.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";
import { conversationFacts, modelOf } from "./conversation-facts.ts";
import { needAgent } from "./need-agent.ts";
import { refineEnded } from "./refine-ended.ts";

/** Calls are spoken in the language of the product's market. */
export const SPOKEN_LANGUAGE: Language = "en";

/** @throws GatewayError channel_unavailable where the model is not set up any more, tenant_not_found. */
export async function answerSpeech(
  deps: ConversationRoomDeps,
  row: EngagementRow,
  conversation: ConversationRow,
  speech: SpokenTurn,
): Promise<SaidTurn> {
  const tenant = deps.settings.tenant(row.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const now = deps.clock.now();
  const facts = await conversationFacts(deps, row, conversation, tenant);
  const answer = await answerContact(deps, {
    ...facts,
    transcript: [...facts.transcript, ...silence(speech, now)],
    model: modelOf(deps, tenant),
    turns: conversation.turns,
    startedAt: conversation.opened_at,
    now,
    zone: zonesOf(row.contact ?? "")[0] ?? null,
    announced: true,
    held: false,
    language: SPOKEN_LANGUAGE,
  });
  const stopped = answer.optOut ? await stopTalking(deps, row, speech) : null;
  await settle(deps, row, answer);
  if (stopped) return stopped;
  return {
    text: answer.reply,
    last: answer.close || answer.handOver !== null,
    outcome: answer.close ? (answer.outcome ?? "connected") : null,
    summary: answer.summary,
  };
}

/** The transcript has words only; that there were none is a turn of its own. */
function silence({ text, silentBefore }: SpokenTurn, at: number): SaidLine[] {
  const nothing: SaidLine = { direction: "inbound", text: "", at };
  if (text !== "") return [];
  return silentBefore ? [nothing, nothing] : [nothing];
}

async function settle(
  deps: ConversationRoomDeps,
  row: EngagementRow,
  answer: AutomatedAnswer,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const { turns, cost_micros } = await openConversation(trx, row, "automated", now);
    const closed = { answers: "nobody", closed_at: now, closed_why: CLOSED } as const;
    await changeConversation(
      trx,
      row.id,
      {
        ...{ turns: turns + 1, cost_micros: cost_micros + answer.cost_micros },
        // Without words of its own for it, the call is summed up once it is over.
        ...(answer.close && answer.summary !== null ? closed : {}),
      },
      now,
    );
    if (answer.handOver !== null) await needAgent(deps, trx, row, answer.handOver, now);
    // They may have hung up while the answer was thought about: then the call had its result before this was known.
    if (answer.outcome === "not_interested") await refineEnded(trx, row.id, now);
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  deps.nudge();
}

const CLOSED = "The automated assistant ended the conversation";

/** They want no more calls: stored, said once, and the call ends. */
export async function stopTalking(
  deps: ConversationRoomDeps,
  row: EngagementRow,
  { text }: SpokenTurn,
): Promise<SaidTurn> {
  const tenant = deps.settings.tenant(row.tenant);
  const now = deps.clock.now();
  const why = "The contact asked not to be called again.";
  await deps.db.transaction().execute(async (trx) => {
    if (tenant)
      await recordOptOut(deps, trx, {
        ...{ tenant, row, contact: row.contact ?? "", channel: row.channel as Channel, source: "voice" },
        ...{ said: text || "Pressed 9 in a call.", by: null, at: now },
      });
    const closed = { answers: "nobody", needs_agent: null, closed_at: now, closed_why: why } as const;
    await changeConversation(trx, row.id, closed, now);
    await refineEnded(trx, row.id, now);
  });
  deps.nudge();
  return {
    ...{ text: "You will not be contacted again. Goodbye.", last: true },
    ...{ outcome: "not_interested", summary: why },
  };
}
