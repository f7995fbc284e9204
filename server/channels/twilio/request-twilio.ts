// One exchange with Twilio's API, as the official SDK asks for it: form in, JSON out. Decides what certainly did not happen;
// never follows a redirect, never waits or reads without end.
import { retryAfterMs } from "../../base/backoff.ts";
import { toError } from "../../base/errors.ts";
import { TwilioFailure } from "./twilio-failure.ts";

/** What the SDK hands over (twilio, RequestOpts); anything else it says is not needed. */
export interface TwilioRequest {
  readonly method: string;
  /** Whole address, with a query where the SDK follows a page. */
  readonly uri: string;
  /** Query. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Form; a list is sent as a repeated key. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

export interface TwilioAnswer {
  readonly statusCode: number;
  /** Parsed JSON. */
  readonly body: unknown;
}

export interface Exchange {
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
  readonly now: () => number;
}

const MOST_BYTES = 5_000_000;
/** Failures before a byte was sent. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** @throws TwilioFailure for everything but a 2xx with JSON. */
export async function requestTwilio(exchange: Exchange, request: TwilioRequest): Promise<TwilioAnswer> {
  const url = new URL(request.uri);
  for (const [name, value] of pairs(request.params)) url.searchParams.append(name, value);
  const where = `${request.method.toUpperCase()} ${url.pathname}`;
  const response = await send(exchange, request, url, where);
  const text = await readBounded(response).catch((error: unknown) => {
    throw unknownFate(where, toError(error));
  });
  if (!response.ok) throw answeredNo(exchange, where, response, text);
  try {
    return { statusCode: response.status, body: JSON.parse(text === "" ? "{}" : text) as unknown };
  } catch (error) {
    throw unknownFate(where, toError(error));
  }
}

async function send(exchange: Exchange, request: TwilioRequest, url: URL, where: string): Promise<Response> {
  const form = request.data ? new URLSearchParams(pairs(request.data)) : undefined;
  const login = Buffer.from(`${exchange.user}:${exchange.password}`).toString("base64");
  try {
    return await fetch(url, {
      method: request.method.toUpperCase(),
      redirect: "manual",
      signal: AbortSignal.timeout(exchange.timeoutMs),
      headers: { authorization: `Basic ${login}`, accept: "application/json" },
      ...(form ? { body: form } : {}),
    });
  } catch (thrown) {
    const error = toError(thrown);
    if (!NEVER_SENT.has(codeOf(error))) throw unknownFate(where, error);
    throw new TwilioFailure(`${where}: ${codeOf(error)}`, { fate: "not_sent", cause: error });
  }
}

function pairs(values: Readonly<Record<string, unknown>> = {}): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((each) => each !== undefined && each !== null)
      .map((each): [string, string] => [name, String(each)]),
  );
}

function codeOf(error: Error): string {
  const { cause } = error;
  // Ports no browser may reach are refused by fetch itself, before anything is sent.
  if (cause instanceof Error && cause.message === "bad port") return "ECONNREFUSED";
  // Several addresses were tried: each failed, the first tells how.
  const first = cause instanceof AggregateError ? (cause.errors as unknown[])[0] : cause;
  return first instanceof Error && "code" in first ? String(first.code) : "";
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error("Twilio's answer is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const unknownFate = (where: string, cause: Error): TwilioFailure =>
  new TwilioFailure(`${where}: ${cause.name === "TimeoutError" ? "no answer in time" : cause.message}`, {
    fate: "unknown",
    cause,
  });

function answeredNo(exchange: Exchange, where: string, response: Response, text: string): TwilioFailure {
  const { status } = response;
  const { code, message } = readRefusal(text);
  return new TwilioFailure(`${where}: answered ${status}${code === null ? "" : `, error ${code}`}`, {
    // 408 and 5xx are said by whatever stands before Twilio too, which does not know.
    fate: status >= 500 || status === 408 ? "unknown" : "refused",
    status,
    code,
    said: message,
    retryAfterMs: retryAfterMs(response.headers.get("retry-after") ?? undefined, exchange.now()) ?? null,
  });
}

/** Twilio's error body is `{code, message, more_info, status}` (SDK, RestException). */
function readRefusal(text: string): { code: number | null; message: string } {
  try {
    const body = JSON.parse(text) as { code?: unknown; message?: unknown } | null;
    const code = Number(body?.code);
    return {
      code: Number.isInteger(code) && code > 0 ? code : null,
      message: typeof body?.message === "string" ? body.message : "",
    };
  } catch {
    return { code: null, message: "" };
  }
}
