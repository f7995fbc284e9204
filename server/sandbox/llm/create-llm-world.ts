// The state of the pretend language model, with direct access for tests. Built by create-sandbox; its API, like that of
// OpenAI, is at /llm/v1.
import type { SandboxClock } from "../sandbox-types.ts";

/** How the model misbehaves; nothing set means that it answers sensibly, like somebody at a brokerage. */
export interface LlmBehaviour {
  /** Answers come so many real ms late. */
  slow?: number;
  /** 503. */
  down?: boolean;
  /** No answer ever comes. */
  hang?: boolean;
  /** 429, with this Retry-After in seconds unless it is 0. */
  rateLimited?: number;
  /** Refused with this status; 401 quotes the key, as the real one does in part. */
  refuses?: number;
  /** Sent on to this address. */
  redirects?: string;
  /** Bytes that are no JSON, with status 200. */
  garbage?: boolean;
  /** A chat completion whose text is prose. */
  notJson?: boolean;
  /** The JSON stands in a code fence with words around it. */
  fenced?: boolean;
  /** Thoughts in <think> before the answer, and in reasoning_content. */
  think?: boolean;
  /** The content is a list of parts. */
  contentParts?: boolean;
  /** Does whatever the last message asks for, and adds more. */
  obedient?: boolean;
  /** The reply is this many characters long. */
  huge?: number;
  /** Calls a tool nobody offered, and says nothing. */
  toolCalls?: boolean;
  /** 400 for any response_format, as LM Studio answers json_object. */
  refusesResponseFormat?: boolean;
  /** 400 for max_tokens, as OpenAI's reasoning models answer. */
  wantsMaxCompletionTokens?: boolean;
  /** No usage in the answer. */
  noUsage?: boolean;
}

/** One scripted answer: a text is the message's content as it is, an object is sent as JSON with its status. */
export type LlmLine = string | { status: number; body: unknown };

export interface LlmRequest {
  at: number;
  method: string;
  /** Below /llm/v1. */
  path: string;
  /** Parsed; null without a body. */
  body: Record<string, unknown> | null;
  /** The right key came, or none is asked for. */
  authorized: boolean;
  /** As answered; null while there is no answer. */
  status: number | null;
}

export interface LlmState {
  /** Bearer key that is asked for; null: any or none will do, as with servers on one's own computer. */
  apiKey: string | null;
  models: string[];
  behaviour: LlmBehaviour;
  /** What comes next, in order; goes before `behaviour`. */
  script: LlmLine[];
  requests: LlmRequest[];
  /** What a strict server would not have taken, in words. */
  violations: string[];
}

export interface LlmWorld extends LlmState {
  /** Adds to the script. */
  say(lines: readonly LlmLine[]): void;
  now(): number;
  /** As new. */
  reset(): void;
}

export const LLM_MODEL = "practice-model";

export function createLlmWorld(clock: SandboxClock): LlmWorld {
  const world: LlmWorld = {
    ...freshState(),
    say: (lines) => void world.script.push(...lines),
    now: () => clock.now(),
    reset: () => void Object.assign(world, freshState()),
  };
  return world;
}

const freshState = (): LlmState => ({
  apiKey: null,
  models: [LLM_MODEL, "practice-model-large"],
  behaviour: {},
  script: [],
  requests: [],
  violations: [],
});
