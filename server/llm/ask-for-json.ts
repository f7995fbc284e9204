// Asks a language model for one JSON object: once, and once more with what was wrong with the first. Keeps account of money
// and time on the way. Called by answer-contact and summarize-conversation. Never throws what the model may be blamed for.
import type { z } from "zod";
import { GatewayError } from "../base/errors.ts";
import { fieldProblems } from "../base/parse.ts";
import { askModel, type ModelAnswer } from "./ask-model.ts";
import { costMicros, estimateTokens } from "./count-cost.ts";
import { guardCost } from "./guard-limits.ts";
import type { ConversationLimits, ModelAccess } from "./model-access.ts";
import type { TokenUse } from "./read-completion.ts";
import { readJsonAnswer } from "./read-json-answer.ts";
import { MaybeAnswered, type ModelDeps } from "./send-to-model.ts";

export interface JsonQuestion<S extends z.ZodType> {
  readonly access: ModelAccess;
  readonly system: string;
  readonly user: string;
  readonly schema: S;
  readonly maxTokens: number;
  readonly limits: ConversationLimits;
  /** What the conversation has cost before, micros. */
  readonly spentMicros: number;
  readonly patience: Patience;
  readonly signal?: AbortSignal;
}

/** Milliseconds. */
export interface Patience {
  readonly each: number;
  /** For both tries together. */
  readonly all: number;
}

/** A text can wait; a carrier hangs up a call whose next words take 15 seconds (facts: answering rules). */
export const PATIENCE: Readonly<Record<"text" | "voice", Patience>> = {
  text: { each: 20_000, all: 40_000 },
  voice: { each: 8_000, all: 11_000 },
};

export interface JsonAnswer<T> {
  /** null where there is none; then `trouble` says why, unless it is only the money. */
  readonly value: T | null;
  readonly trouble: GatewayError | null;
  /** The question, or its repetition, was not asked because it could cost too much; a sentence for the agent. */
  readonly tooDear: string | null;
  readonly tokens: TokenUse;
  readonly costMicros: number;
}

/** Less than this is not worth a second question. */
const LEAST_MS = 2_000;
const REPEAT = "Write the JSON object once more, complete and alone.";

export async function askForJson<S extends z.ZodType>(
  deps: ModelDeps,
  question: JsonQuestion<S>,
): Promise<JsonAnswer<z.output<S>>> {
  const deadline = deps.clock.monotonic() + question.patience.all;
  let tokens: TokenUse = { in: 0, out: 0 };
  let problem = "";
  const ended = (part: Partial<JsonAnswer<z.output<S>>>): JsonAnswer<z.output<S>> => ({
    value: null,
    trouble: null,
    tooDear: null,
    tokens,
    costMicros: costMicros(tokens, question.limits),
    ...part,
  });
  for (const round of [1, 2]) {
    const left = deadline - deps.clock.monotonic();
    if (round === 2 && left < LEAST_MS) break;
    const user =
      round === 1
        ? question.user
        : `${question.user}\n\nYour last answer was not used: ${problem}. ${REPEAT}`;
    const input = estimateTokens(question.system + user);
    const spent = question.spentMicros + costMicros(tokens, question.limits);
    const tooDear = guardCost(question.limits, spent, { in: input, out: question.maxTokens });
    if (tooDear !== undefined) return ended({ tooDear });
    const answer = await askOnce(deps, question, user, Math.min(left, question.patience.each));
    if (answer instanceof GatewayError) {
      // Given up on, the model may still have written all it was allowed to, and the provider counts that.
      if (answer.cause instanceof MaybeAnswered)
        tokens = added(tokens, { in: input, out: question.maxTokens });
      return ended({ trouble: answer });
    }
    tokens = added(tokens, answer.use ?? { in: input, out: estimateTokens(answer.text) });
    const read = readInto(question.schema, answer.text);
    if (read.success) return ended({ value: read.value });
    problem = read.problem;
  }
  const trouble = new GatewayError("model_bad_answer", { logMessage: `model answer not usable: ${problem}` });
  deps.log.warn("llm", trouble.message);
  return ended({ trouble });
}

async function askOnce(
  deps: ModelDeps,
  question: Pick<JsonQuestion<z.ZodType>, "access" | "system" | "maxTokens" | "signal">,
  user: string,
  timeoutMs: number,
): Promise<ModelAnswer | GatewayError> {
  const { access, system, maxTokens, signal } = question;
  try {
    const asked = { system, user, maxTokens, json: true, timeoutMs, ...(signal ? { signal } : {}) };
    return await askModel(deps, access, asked);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}

type Read<T> =
  | { readonly success: true; readonly value: T }
  | { readonly success: false; readonly problem: string };

/** Problems name our fields only, so nothing the model made up is repeated to it. */
function readInto<S extends z.ZodType>(schema: S, text: string): Read<z.output<S>> {
  const found = readJsonAnswer(text);
  if (found === undefined) return { success: false, problem: "it was not one JSON object" };
  const parsed = schema.safeParse(found);
  if (parsed.success) return { success: true, value: parsed.data };
  const first = fieldProblems(parsed.error.issues)[0];
  return { success: false, problem: `"${first?.path ?? ""}" ${first?.message ?? "is wrong"}` };
}

const added = (left: TokenUse, right: TokenUse): TokenUse => ({
  in: left.in + right.in,
  out: left.out + right.out,
});
