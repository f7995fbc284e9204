// One question to a language model, and its answer as text. Called by ask-for-json. No tools are ever offered, no answer is
// streamed: nothing of an answer may be used before all of it was looked at.

import type { ModelAccess } from "./model-access.ts";
import { modelRefusal, refusalWords } from "./model-refusal.ts";
import { readCompletion, type TokenUse } from "./read-completion.ts";
import { type ModelDeps, type ModelReply, type ModelRequest, sendToModel } from "./send-to-model.ts";

export interface ModelQuestion {
  readonly system: string;
  readonly user: string;
  /** Most tokens the answer may have. */
  readonly maxTokens: number;
  /** One JSON object is wanted; asked of the server where it can promise that, left to the prompt where it cannot. */
  readonly json: boolean;
  /** Ms; 20 seconds unless said. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ModelAnswer {
  readonly text: string;
  /** null when the server did not count. */
  readonly use: TokenUse | null;
}

const CANNOT_READ = [400, 422];

/**
 * No temperature is sent: newer models refuse any but their own.
 *
 * @throws GatewayError model_unavailable (with a retry hint), model_bad_answer, or channel_unavailable where key, address,
 * model or another setting is wrong.
 */
export async function askModel(
  deps: ModelDeps,
  access: ModelAccess,
  question: ModelQuestion,
): Promise<ModelAnswer> {
  const first = await post(deps, access, question, question.json);
  const refusesFormat =
    question.json && CANNOT_READ.includes(first.status) && /response_format/.test(refusalWords(first.text));
  // LM Studio and older servers know no json_object; the prompt asks for JSON anyway.
  const reply = refusesFormat ? await post(deps, access, question, false) : first;
  if (reply.status < 200 || reply.status > 299) {
    const refusal = modelRefusal(access, reply, deps.clock.now());
    deps.log.warn("llm", refusal.message);
    throw refusal;
  }
  return readCompletion(reply.text);
}

function post(
  deps: ModelDeps,
  access: ModelAccess,
  question: ModelQuestion,
  withFormat: boolean,
): Promise<ModelReply> {
  const request: ModelRequest = {
    access,
    method: "POST",
    path: "/chat/completions",
    body: {
      model: access.model,
      messages: [
        { role: "system", content: question.system },
        { role: "user", content: question.user },
      ],
      [access.tokensField]: question.maxTokens,
      ...(withFormat ? { response_format: { type: "json_object" } } : {}),
    },
    ...(question.timeoutMs === undefined ? {} : { timeoutMs: question.timeoutMs }),
    ...(question.signal ? { signal: question.signal } : {}),
  };
  return sendToModel(deps, request);
}
