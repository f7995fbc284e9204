// What came of a conversation, in a sentence or two for the agent and the CRM, and as an outcome. Called when a conversation
// closes. Always has an answer: without a model, or with one that has none, the summary is counted rather than written.
import { isVoice } from "../../shared/values.ts";
import { firstName } from "../base/first-name.ts";
import { summarySchema } from "./answer.schema.ts";
import type { ConversationFacts, ConversationOutcome } from "./answer-request.ts";
import { askForJson, type JsonAnswer, PATIENCE } from "./ask-for-json.ts";
import { FENCE_LABELS } from "./fence-text.ts";
import { cutLine, guardSummary, SUMMARY_LIMIT } from "./guard-summary.ts";
import type { ModelAccess } from "./model-access.ts";
import { answerTokens } from "./reply-limits.ts";
import type { ModelDeps } from "./send-to-model.ts";
import { writeSummaryPrompt } from "./write-summary-prompt.ts";

export interface SummaryRequest extends ConversationFacts {
  /** null where no model is set up: then nothing is asked. */
  readonly model: ModelAccess | null;
}

export interface ConversationSummary extends Pick<JsonAnswer<never>, "trouble" | "tokens"> {
  /** One line of at most 400 characters. */
  readonly summary: string;
  /** null where the contact never said a word and nobody can tell. */
  readonly outcome: ConversationOutcome | null;
  /** Millionths of a US dollar. */
  readonly cost_micros: number;
}

/** Never throws for what the model does; `trouble` says what was wrong with it. */
export async function summarizeConversation(
  deps: ModelDeps,
  request: SummaryRequest,
): Promise<ConversationSummary> {
  const spoken = request.transcript.some(
    ({ direction, text }) => direction === "inbound" && text.trim() !== "",
  );
  const counted = { ...countConversation(request), cost_micros: 0, tokens: { in: 0, out: 0 }, trouble: null };
  if (request.model === null || !spoken) return counted;
  const prompt = writeSummaryPrompt(request);
  const asked = await askForJson(deps, {
    access: request.model,
    ...prompt,
    schema: summarySchema,
    maxTokens: answerTokens(SUMMARY_LIMIT, request.model.tokensField),
    limits: request.limits,
    spentMicros: request.spentMicros,
    patience: PATIENCE.text,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  const account = { cost_micros: asked.costMicros, tokens: asked.tokens, trouble: asked.trouble };
  if (asked.value === null) return { ...counted, ...account };
  const context = { ...request, rules: prompt.rules, markers: FENCE_LABELS };
  const summary = guardSummary(asked.value.summary, context);
  return { ...account, summary: summary ?? counted.summary, outcome: asked.value.outcome };
}

/** "Nivia wrote 3 messages; last: “…”": what can be said without understanding a word. */
function countConversation({
  transcript,
  contactName,
  channel,
}: SummaryRequest): Pick<ConversationSummary, "summary" | "outcome"> {
  const who = firstName(contactName) ?? "The contact";
  const inbound = transcript.filter(({ direction }) => direction === "inbound");
  const last = inbound.findLast(({ text }) => text.trim() !== "")?.text;
  if (inbound.length === 0) return { summary: `${who} did not reply.`, outcome: null };
  const times = isVoice(channel) ? ["spoke once", "spoke # times"] : ["wrote 1 message", "wrote # messages"];
  const did = inbound.length === 1 ? times[0] : times[1]?.replace("#", String(inbound.length));
  if (last === undefined) return { summary: `${who} ${did} without text.`, outcome: "connected" };
  const before = inbound.length === 1 ? `${who} ${did}: ` : `${who} ${did}; last: `;
  const quoted = cutLine(last, SUMMARY_LIMIT - before.length - 2);
  return { summary: `${before}“${quoted}”`, outcome: "connected" };
}
