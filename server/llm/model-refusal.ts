// What a status that is no 2xx of a model server means, in words for the admin: key, address, model, limit, or a moment's
// trouble. Called by ask-model and list-models. The server's own sentences are only recognised, never repeated: some quote
// the key or the prompt.
import { z } from "zod";
import { retryAfterMs } from "../base/backoff.ts";
import { GatewayError, RETRY_LATER, type RetryHint, retryAfter } from "../base/errors.ts";
import type { ModelAccess } from "./model-access.ts";
import { parseJson } from "./parse-json.ts";
import type { ModelReply } from "./send-to-model.ts";

const words = z.union([z.string(), z.number()]).transform(String).nullish().catch(null);
/** OpenAI and vLLM: {error: {message, type, code, param}}; Ollama and LM Studio: {error: text}; others {message|detail}. */
const refusalSchema = z.looseObject({
  error: z
    .union([z.string(), z.looseObject({ message: words, type: words, code: words, param: words })])
    .nullish()
    .catch(null),
  message: words,
  detail: words,
});

/** Lower-case words of a refusal, for recognising what it is about. Not for showing. */
export function refusalWords(text: string): string {
  const body = parseJson(text);
  if (body === undefined) return text.slice(0, 2_000).toLowerCase();
  const parsed = refusalSchema.safeParse(body);
  if (!parsed.success) return "";
  const { error, message, detail } = parsed.data;
  const inner =
    typeof error === "object" && error ? [error.message, error.type, error.code, error.param] : [error];
  return [...inner, message, detail].filter(Boolean).join(" ").slice(0, 2_000).toLowerCase();
}

/** `now` in epoch ms, for a Retry-After that is a date. */
export function modelRefusal(access: ModelAccess, reply: ModelReply, now: number): GatewayError {
  const said = refusalWords(reply.text);
  const { status } = reply;
  if (status === 402 || /insufficient_quota|insufficient (?:credit|balance|fund)/.test(said))
    return misconfigured(status, "The brokerage's account at the language model has no credit left.");
  if (status === 408 || status === 425 || status === 429 || status >= 500) return busy(reply, now);
  if (status === 401) return misconfigured(status, keySentence(access));
  if (status === 403)
    return misconfigured(
      status,
      "The language model's server does not allow this: the key may lack the right, or the account may not use this model.",
    );
  if (isAboutModel(said, access.model))
    return misconfigured(
      status,
      `The server has no language model called “${access.model}”. Choose one of those it lists.`,
    );
  if (status === 404 || status === 405)
    return misconfigured(
      status,
      "There is no OpenAI-compatible language model at this address. Most addresses end in /v1.",
    );
  return misconfigured(status, requestSentence(access, said, status));
}

const keySentence = ({ key }: ModelAccess): string =>
  key === null
    ? "The language model's server asks for a key, and none is set."
    : "The language model's server did not accept the brokerage's key.";

function isAboutModel(said: string, model: string): boolean {
  if (
    /model_not_found|invalid model|no models? loaded|model .{0,220}(?:not found|not exist|not loaded)/.test(
      said,
    )
  )
    return true;
  return (
    model !== "" &&
    said.includes(model.toLowerCase()) &&
    /not found|not exist|unknown|not supported/.test(said)
  );
}

function requestSentence({ tokensField }: ModelAccess, said: string, status: number): string {
  const other = tokensField === "max_tokens" ? "max_completion_tokens" : "max_tokens";
  // "max_tokens" is no part of "max_completion_tokens", so each is found for itself.
  if (said.includes(tokensField))
    return `This language model does not take ${tokensField}. Choose ${other} in the settings of conversations.`;
  if (/context.{0,20}(?:length|window|size)|too many tokens/.test(said))
    return "This conversation is too long for the language model. Choose one that reads longer texts.";
  return `The language model's server refused the request (status ${status}).`;
}

function misconfigured(status: number, sentence: string): GatewayError {
  return new GatewayError("channel_unavailable", {
    sentence,
    logMessage: `model server answered ${status}: ${sentence}`,
    details: { status },
  });
}

function busy({ status, retryAfter: header }: ModelReply, now: number): GatewayError {
  const afterMs = retryAfterMs(header, now);
  const retry: RetryHint = afterMs === undefined ? RETRY_LATER : retryAfter(afterMs);
  const sentence =
    status === 429
      ? "The language model's server asked the gateway to slow down."
      : "The language model's server is having trouble.";
  return new GatewayError("model_unavailable", {
    sentence,
    logMessage: `model server answered ${status}`,
    details: { status },
    retry,
  });
}
