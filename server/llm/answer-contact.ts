// The automated answer to what a contact said: whether the model may be asked, what it is asked, and what of its answer goes
// out. Called by whoever conducts conversations, which sends the reply, books the cost and tells the agent.
import { isVoice } from "../../shared/values.ts";
import { answerSchema, type ModelReply } from "./answer.schema.ts";
import type { AnswerRequest, AutomatedAnswer } from "./answer-request.ts";
import { askForJson, type JsonAnswer, PATIENCE } from "./ask-for-json.ts";
import { FENCE_LABELS } from "./fence-text.ts";
import { admitAutomated, announce, askAgain, holdingReply, type Speaker } from "./fixed-sentences.ts";
import { guardLimits } from "./guard-limits.ts";
import { guardQuestion } from "./guard-question.ts";
import { guardReply, type ReplyContext } from "./guard-reply.ts";
import { cutLine, guardSummary } from "./guard-summary.ts";
import { guessLanguage } from "./guess-language.ts";
import { answerTokens, REPLY_LIMITS } from "./reply-limits.ts";
import type { ModelDeps } from "./send-to-model.ts";
import { splitTranscript } from "./split-transcript.ts";
import { writePrompt } from "./write-prompt.ts";

/** What is decided, before the account of it. */
type Decision = Pick<
  AutomatedAnswer,
  "reply" | "close" | "outcome" | "handOver" | "optOut" | "summary" | "trouble"
>;

/**
 * Never throws for what contact or model do: where there is no answer, `handOver` says why and `reply` is what the contact
 * gets meanwhile. `trouble` is set where the model was to blame.
 */
export async function answerContact(deps: ModelDeps, request: AnswerRequest): Promise<AutomatedAnswer> {
  const speaker: Speaker = {
    agentName: request.agentName,
    brokerage: request.brokerage,
    language: request.language ?? guessLanguage(recentWords(request)),
  };
  const early = decideWithoutModel(request, speaker);
  if (early !== undefined) return { ...early, cost_micros: 0, tokens: { in: 0, out: 0 } };
  const prompt = writePrompt(request);
  const asked = await askForJson(deps, {
    access: request.model,
    ...prompt,
    schema: answerSchema,
    maxTokens: answerTokens(REPLY_LIMITS[request.channel], request.model.tokensField),
    limits: request.limits,
    spentMicros: request.spentMicros,
    patience: isVoice(request.channel) ? PATIENCE.voice : PATIENCE.text,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  const decision = decideOnAnswer(request, speaker, asked, { ...request, ...prompt, markers: FENCE_LABELS });
  return { ...decision, cost_micros: asked.costMicros, tokens: asked.tokens };
}

/** The contact's last few messages. */
const recentWords = ({ transcript }: AnswerRequest): string[] =>
  transcript
    .filter(({ direction }) => direction === "inbound")
    .slice(-3)
    .map(({ text }) => text);

function decideWithoutModel(request: AnswerRequest, speaker: Speaker): Decision | undefined {
  const { unanswered } = splitTranscript(request.transcript);
  const why = guardQuestion(unanswered, request.agentName);
  if (why === "asks_if_automated")
    // It says itself that it is automated, and an honest question gets its answer even where one was held before.
    return { ...handedOver(request, speaker, ASKED_IF_AUTOMATED), reply: admitAutomated(speaker) };
  if (why === "asks_for_person")
    return handedOver(request, speaker, "The contact asked to talk to a person.");
  const over = guardLimits(request.limits, request);
  if (over !== undefined) return handedOver(request, speaker, over);
  if (why !== "nothing_to_read") return undefined;
  if (isVoice(request.channel) && !wasSilentBefore(request))
    return { ...NOTHING, reply: announced(request, speaker, askAgain(speaker.language)) };
  return handedOver(request, speaker, isVoice(request.channel) ? NOT_HEARD : NOT_TEXT);
}

const ASKED_IF_AUTOMATED =
  "The contact asked whether this is a machine, was told that it is, and may want to talk to a person.";
const NOT_TEXT = "The contact sent something that is not text, which the automated assistant cannot read.";
const NOT_HEARD = "The contact could not be understood twice in a row.";

function wasSilentBefore({ transcript, agentName }: AnswerRequest): boolean {
  const inbound = transcript.filter(({ direction }) => direction === "inbound");
  const before = inbound.at(-2);
  return before !== undefined && guardQuestion(before.text, agentName) === "nothing_to_read";
}

function decideOnAnswer(
  request: AnswerRequest,
  speaker: Speaker,
  asked: JsonAnswer<ModelReply>,
  context: ReplyContext,
): Decision {
  const { value, trouble, tooDear } = asked;
  if (value === null) {
    const why = tooDear ?? trouble?.sentence ?? NO_ANSWER;
    return { ...handedOver(request, speaker, why), trouble };
  }
  // Before anything else of it: whatever else the model wants, nobody goes on writing to them.
  if (value.opt_out === true) return { ...NOTHING, close: true, outcome: "not_interested", optOut: true };
  const guarded = guardReply(value.reply, context);
  if (value.hand_over !== null) {
    const why = handOverReason(value.hand_over, context);
    const held = handedOver(request, speaker, why);
    return "text" in guarded ? { ...held, reply: announced(request, speaker, guarded.text) } : held;
  }
  if ("problem" in guarded)
    return handedOver(request, speaker, `The automated answer was not sent because it ${guarded.problem}.`);
  const close = value.close === true || value.outcome === "not_interested";
  return {
    ...NOTHING,
    reply: announced(request, speaker, guarded.text),
    close,
    outcome: close ? (value.outcome ?? "connected") : null,
    summary: close ? guardSummary(value.summary ?? "", context) : null,
  };
}

const NO_ANSWER = "The language model gave no answer that can be used.";
const NOTHING: Decision = {
  reply: "",
  close: false,
  outcome: null,
  handOver: null,
  optOut: false,
  summary: null,
  trouble: null,
};

function handedOver(request: AnswerRequest, speaker: Speaker, why: string): Decision {
  const reply = request.held ? "" : announced(request, speaker, holdingReply(speaker));
  return { ...NOTHING, reply, handOver: why };
}

/** The first automated words of a conversation say that they are. */
const announced = (request: AnswerRequest, speaker: Speaker, reply: string): string =>
  request.announced ? reply : `${announce({ ...speaker, channel: request.channel })} ${reply}`;

/** The model's reason in a sentence of ours; its words only where they pass for a summary. */
function handOverReason(reason: string, context: ReplyContext): string {
  const words = guardSummary(cutLine(reason.slice(0, 800), 200), context);
  return words === null
    ? "The automated assistant handed the conversation over."
    : `The automated assistant handed the conversation over: ${words}`;
}
