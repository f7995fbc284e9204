// One exchange with the server of a language model. Decides what it means when no usable answer came; what a status means
// is model-refusal's. Called by ask-model and list-models. Nothing here retries.
import type { Clock } from "../base/clock.ts";
import { GatewayError, RETRY_LATER, toError } from "../base/errors.ts";
import type { ProcessLog } from "../log/process-log.ts";
import type { ModelAccess } from "./model-access.ts";

export interface ModelDeps {
  readonly clock: Clock;
  readonly log: Pick<ProcessLog, "debug" | "warn">;
}

export interface ModelRequest {
  readonly access: Pick<ModelAccess, "url" | "key">;
  readonly method: "GET" | "POST";
  /** Below the base address. */
  readonly path: "/chat/completions" | "/models";
  readonly body?: Readonly<Record<string, unknown>>;
  /** Ms for the whole answer; 20 seconds unless said (facts: OpenAI-compatible chat completion). */
  readonly timeoutMs?: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

export interface ModelReply {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
}

export const MODEL_TIMEOUT_MS = 20_000;
/** An answer of a few thousand tokens is some ten thousand bytes; what is larger was not asked for. */
const MOST_BYTES = 1_000_000;
/** Printable ASCII without blanks: fetch would put anything else into the text of its error. */
const SENDABLE_KEY = /^[\x21-\x7e]+$/;

/** The cause of an end after which the model may have worked, and cost money, although no answer of it was read. */
export class MaybeAnswered extends Error {}

/** The server was certainly not reached. */
const NOT_REACHED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

/**
 * Any status is a reply. Errors never carry what was thrown: a library's error may quote a header.
 *
 * @throws GatewayError model_unavailable (nothing usable came in time), model_bad_answer (too large) or
 * channel_unavailable (address or key cannot be used as they are set).
 */
export async function sendToModel(deps: ModelDeps, request: ModelRequest): Promise<ModelReply> {
  const { key } = request.access;
  if (key !== null && !SENDABLE_KEY.test(key))
    throw new GatewayError("channel_unavailable", {
      sentence: "The brokerage's key for the language model has characters no key can have. Enter it again.",
    });
  const limit = startLimit(deps.clock, request);
  const startedAt = deps.clock.monotonic();
  try {
    const reply = await exchange(request, limit.signal);
    const took = Math.round(deps.clock.monotonic() - startedAt);
    deps.log.debug("llm", `${request.method} ${request.path} answered ${reply.status} after ${took} ms`);
    return reply;
  } catch (thrown) {
    const error = failure(request, thrown, limit);
    deps.log.warn("llm", error.message);
    throw error;
  } finally {
    limit.end();
  }
}

async function exchange({ access, ...request }: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
  const response = await fetch(access.url + request.path, {
    method: request.method,
    redirect: "error",
    signal,
    headers: {
      accept: "application/json",
      ...(access.key === null ? {} : { authorization: `Bearer ${access.key}` }),
      ...(request.body ? { "content-type": "application/json" } : {}),
    },
    ...(request.body ? { body: JSON.stringify(request.body) } : {}),
  });
  return {
    status: response.status,
    text: await readBounded(response),
    retryAfter: response.headers.get("retry-after") ?? undefined,
  };
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES)
      throw new GatewayError("model_bad_answer", {
        sentence: "The language model's answer was far too large, so it was not read.",
        cause: new MaybeAnswered(),
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

interface Limit {
  readonly signal: AbortSignal;
  readonly timedOut: () => boolean;
  readonly end: () => void;
}

function startLimit(clock: Clock, { timeoutMs, signal }: ModelRequest): Limit {
  const late = new AbortController();
  const timer = new AbortController();
  const wait = clock.sleep(timeoutMs ?? MODEL_TIMEOUT_MS, timer.signal);
  void wait.then(() => timer.signal.aborted || late.abort());
  return {
    signal: signal ? AbortSignal.any([late.signal, signal]) : late.signal,
    timedOut: () => late.signal.aborted,
    end: () => timer.abort(),
  };
}

function failure({ access, ...request }: ModelRequest, thrown: unknown, limit: Limit): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  const what = `${request.method} ${request.path}`;
  if (limit.timedOut()) {
    const seconds = Math.round((request.timeoutMs ?? MODEL_TIMEOUT_MS) / 1000);
    return unavailable(
      `The language model did not answer within ${seconds} seconds.`,
      `${what}: timed out`,
      new MaybeAnswered(),
    );
  }
  if (limit.signal.aborted)
    return unavailable("Nobody waited for the language model any more.", what, new MaybeAnswered());
  const { code, text } = causeOf(thrown);
  if (text === "unexpected redirect")
    return new GatewayError("channel_unavailable", {
      sentence:
        "The address of the language model leads on to another address. Enter the one it leads to, so that the key goes nowhere else.",
      logMessage: `${what}: redirected`,
    });
  const host = new URL(access.url).host;
  return unavailable(
    `The language model at ${host} could not be reached. Is the address right, and is the server running?`,
    `${what}: ${code || "network failure"}`,
    NOT_REACHED.has(code) ? undefined : new MaybeAnswered(),
  );
}

const unavailable = (sentence: string, logMessage: string, cause: Error | undefined): GatewayError =>
  new GatewayError("model_unavailable", { sentence, logMessage, retry: RETRY_LATER, cause });

/** fetch says "fetch failed"; what failed is in its cause. Codes are words of the system, like ECONNREFUSED. */
function causeOf(thrown: unknown): { code: string; text: string } {
  const { cause } = toError(thrown);
  if (!(cause instanceof Error)) return { code: "", text: "" };
  return { code: "code" in cause ? String(cause.code) : "", text: cause.message };
}
