// Before the model is asked: has the conversation used up its turns, minutes or money? Pure; called by answer-contact and
// ask-for-json. Answers with a sentence for the agent, or undefined.
import { costMicros } from "./count-cost.ts";
import type { ConversationLimits } from "./model-access.ts";
import type { TokenUse } from "./read-completion.ts";

export interface Spent {
  /** Automated answers so far. */
  readonly turns: number;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly now: number;
}

export function guardLimits(limits: ConversationLimits, spent: Spent): string | undefined {
  if (spent.turns >= limits.maxTurns)
    return `The automated assistant has answered ${limits.maxTurns} times, which is the most in one conversation.`;
  if (spent.now - spent.startedAt >= limits.maxMinutes * 60_000)
    return `This conversation is older than the ${limits.maxMinutes} minutes in which it is answered automatically.`;
  return undefined;
}

/** `next` is the most the next question may use: it is not asked when it could go beyond the limit. */
export function guardCost(
  limits: ConversationLimits,
  spentMicros: number,
  next: TokenUse,
): string | undefined {
  if (limits.maxCostMicros === 0) return undefined;
  return spentMicros + costMicros(next, limits) > limits.maxCostMicros ? COST_SENTENCE : undefined;
}

const COST_SENTENCE = "The language model has cost as much as it may in one conversation.";
