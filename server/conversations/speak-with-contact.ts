// One turn of a spoken conversation: what the contact said came in as text, what the model answers is said. Twilio waits for
// the answer on the line, so a turn that was answered before is answered the same at once.
import type { ChannelOrder } from "../channels/channel.ts";
import { openingText } from "../channels/opening-text.ts";
import { callbackBase } from "../channels/twilio/call-context.ts";
import type { SpokenTurn } from "../channels/twilio/twilio-callbacks.ts";
import { twilioUrl } from "../channels/twilio/twilio-routes.ts";
import { endCall, voiceTurn } from "../channels/twilio/voice-twiml.ts";
import { recognizeWish } from "../contact/recognize-opt-out.ts";
import { zonesOf } from "../contact/zones/number-place.ts";
import { changeConversation, openConversation } from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { recordOptOut } from "../engagements/record-opt-out.ts";
import { answerContact } from "../llm/answer-contact.ts";
import type { AutomatedAnswer } from "../llm/answer-request.ts";
import { announce } from "../llm/fixed-sentences.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";
import { conversationFacts, modelOf } from "./conversation-facts.ts";
import { needAgent } from "./need-agent.ts";

export interface SpokenWith {
  readonly row: EngagementRow;
  readonly order: ChannelOrder;
  readonly attempt: number;
  readonly speech: SpokenTurn;
}

interface Said {
  readonly text: string;
  /** Nothing more is listened for. */
  readonly last: boolean;
}

/** Calls are spoken in the language of the product's market. */
const LANGUAGE = "en";

/** The document Twilio goes on with. */
export async function speakWithContact(deps: ConversationRoomDeps, spoken: SpokenWith): Promise<string> {
  const { row, order, attempt, speech } = spoken;
  const before = await deps.twilio.saidInTurn(order, speech.turn);
  const said = before ?? (await decide(deps, spoken));
  if (!before) await deps.twilio.noteSaid(order, speech.turn, said.text, said.last);
  const base = callbackBase(deps.twilioDeps);
  if (said.text === "") return endCall;
  if (said.last || base === undefined) return voiceTurn(said.text, { last: true });
  const route = {
    kind: "voice",
    engagementId: row.id,
    attempt,
    step: "speech",
    turn: speech.turn + 1,
  } as const;
  return voiceTurn(said.text, { action: twilioUrl(base, deps.twilioDeps.linkKey, route) });
}

async function decide(deps: ConversationRoomDeps, spoken: SpokenWith): Promise<Said> {
  const { row, order, speech } = spoken;
  await openConversation(deps.db, row, "automated", deps.clock.now());
  if (speech.turn === 0) return { text: opening(order), last: false };
  if (speech.digits === "9" || recognizeWish(speech.text).wish === "stop") return stop(deps, spoken);
  const answer = await askModel(deps, row);
  await settle(deps, row, answer);
  return { text: answer.reply, last: answer.close || answer.handOver !== null };
}

/** Says what it is before anything else. */
const opening = (order: ChannelOrder): string =>
  `${announce({ agentName: order.agentName, brokerage: order.brokerage, language: LANGUAGE, channel: "phone" })} ${openingText(order, { optOutHint: false })}`;

async function askModel(deps: ConversationRoomDeps, row: EngagementRow): Promise<AutomatedAnswer> {
  const tenant = deps.settings.tenant(row.tenant);
  const conversation = await openConversation(deps.db, row, "automated", deps.clock.now());
  if (!tenant) throw new Error(`no tenant of ${row.id} though it is being talked to`);
  return answerContact(deps, {
    ...(await conversationFacts(deps, row, conversation, tenant)),
    model: modelOf(deps, tenant),
    turns: conversation.turns,
    startedAt: conversation.opened_at,
    now: deps.clock.now(),
    zone: zonesOf(row.contact ?? "")[0] ?? null,
    announced: true,
    held: false,
    language: LANGUAGE,
  });
}

async function settle(
  deps: ConversationRoomDeps,
  row: EngagementRow,
  answer: AutomatedAnswer,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const { turns, cost_micros } = await openConversation(trx, row, "automated", now);
    const booked = { turns: turns + 1, cost_micros: cost_micros + answer.cost_micros };
    await changeConversation(trx, row.id, booked, now);
    if (answer.handOver !== null) await needAgent(deps, trx, row, answer.handOver, now);
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
}

async function stop(deps: ConversationRoomDeps, { row, speech }: SpokenWith): Promise<Said> {
  const tenant = deps.settings.tenant(row.tenant);
  const at = deps.clock.now();
  if (tenant)
    await deps.db.transaction().execute((trx) =>
      recordOptOut(deps, trx, {
        tenant,
        row,
        contact: row.contact ?? "",
        channel: "phone",
        source: "voice",
        said: speech.text || "Pressed 9 in a call.",
        by: null,
        at,
      }),
    );
  deps.nudge();
  return { text: "You will not be contacted again. Goodbye.", last: true };
}
