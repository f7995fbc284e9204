// One turn of a spoken conversation: what the contact said came in as text, what the model answers is said. Twilio waits for
// the answer on the line, so the silence is filled while the model thinks, and a turn that was answered before is answered
// the same at once.
import { sentenceOf, toError } from "../base/errors.ts";
import type { ChannelOrder } from "../channels/channel.ts";
import { openingText } from "../channels/opening-text.ts";
import type { SaidTurn, SpokenTurn } from "../channels/twilio/twilio-callbacks.ts";
import { endCall, voiceTurn, waitTurn } from "../channels/twilio/voice-twiml.ts";
import { recognizeWish } from "../contact/recognize-opt-out.ts";
import { openConversation } from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { announce, holdingReply, type Speaker } from "../llm/fixed-sentences.ts";
import { answerSpeech, SPOKEN_LANGUAGE, stopTalking } from "./answer-speech.ts";
import { enqueueCallEnd } from "./close-call.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";
import { leaveToAgent } from "./need-agent.ts";

export interface SpokenWith {
  readonly row: EngagementRow;
  readonly order: ChannelOrder;
  readonly speech: SpokenTurn;
}

/** So long a person takes a pause for thinking (facts: OpenAI-compatible chat completion, timeouts). */
const PATIENCE_MS = 4_000;
const ONE_MOMENT = "One moment, please.";

/** The document Twilio goes on with. */
export async function speakWithContact(deps: ConversationRoomDeps, spoken: SpokenWith): Promise<string> {
  const { row, order, speech } = spoken;
  const key = `${row.id}:${order.attempt}:${speech.turn}`;
  const said =
    (await deps.twilio.saidInTurn(order, speech.turn)) ??
    (await deps.spokenTurns.answer(key, () => think(deps, spoken), PATIENCE_MS));
  if (said === undefined) return waitTurn(ONE_MOMENT, speech.again);
  if (said.text === "") return endCall;
  return voiceTurn(said.text, said.last ? { last: true } : { action: speech.action });
}

// Whatever goes wrong, whoever is on the line hears that a person will call, and the agent is told why.
async function think(deps: ConversationRoomDeps, spoken: SpokenWith): Promise<SaidTurn> {
  const { row, order, speech } = spoken;
  const said = await decide(deps, spoken).catch(async (error: unknown) => {
    deps.log.warn("conversations", `a spoken turn of ${row.id} failed: ${toError(error).message}`);
    const why = `The automated assistant could not answer: ${sentenceOf(error)}`;
    await leaveToAgent(deps, row.id, why);
    return lastWords(order);
  });
  await deps.twilio.noteSaid(order, speech.turn, said);
  return said;
}

async function decide(deps: ConversationRoomDeps, { row, order, speech }: SpokenWith): Promise<SaidTurn> {
  const now = deps.clock.now();
  const conversation = await openConversation(deps.db, row, "automated", now);
  if (speech.turn === 0) {
    await enqueueCallEnd(deps.db, row.id, now);
    return { text: opening(order), last: false, outcome: null, summary: null };
  }
  if (speech.digits === "9" || recognizeWish(speech.text).wish === "stop")
    return stopTalking(deps, row, speech);
  // An agent has taken over: the machine says no more than that.
  if (conversation.answers !== "automated") return lastWords(order);
  return answerSpeech(deps, row, conversation, speech);
}

const speakerOf = ({ agentName, brokerage }: ChannelOrder): Speaker => ({
  ...{ agentName, brokerage, language: SPOKEN_LANGUAGE },
});

const lastWords = (order: ChannelOrder): SaidTurn => ({
  ...{ text: holdingReply(speakerOf(order)), last: true, outcome: null, summary: null },
});

/** Says what it is, and how to be rid of it, before anything else; and never that it is the agent. */
const opening = (order: ChannelOrder): string =>
  [
    announce({ ...speakerOf(order), channel: "phone" }),
    "To stop these calls, press 9.",
    openingText({ ...order, agentName: null, brokerage: "" }, { optOutHint: false }),
  ].join(" ");
