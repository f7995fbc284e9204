// One exchange with the Aventora Engagement Hub. Decides what a failure means: certainly not done, or nobody knows.
import { GatewayError, RETRY_LATER, toError } from "../../base/errors.ts";
import { redactText } from "../../base/redact-text.ts";

export interface HubAccess {
  /** Base address without a slash at the end. */
  readonly url: string;
  readonly key: string;
}

export interface HubExchange {
  readonly access: HubAccess;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** True for a start: when no clear answer comes, it may have happened all the same. */
  readonly startsSomething: boolean;
  /** How long to wait for the whole answer; 15 seconds unless said. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
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

/** Parsed JSON of a 2xx. @throws GatewayError provider_unavailable, provider_refused or provider_fate_unknown. */
export async function hubRequest(exchange: HubExchange): Promise<unknown> {
  const response = await send(exchange);
  const text = await readBounded(response).catch((error: unknown) => {
    throw unclear(exchange, toError(error));
  });
  if (response.status === 429) throw unavailable(exchange, "it asked to slow down");
  if (response.status >= 500) throw unclear(exchange, new Error(`status ${response.status}`));
  if (!response.ok) throw refused(response.status, text);
  try {
    return JSON.parse(text === "" ? "{}" : text) as unknown;
  } catch (error) {
    throw unclear(exchange, toError(error));
  }
}

async function send({ access, ...exchange }: HubExchange): Promise<Response> {
  const base = new URL(access.url);
  const url = new URL(access.url + exchange.path);
  if (url.origin !== base.origin)
    throw new GatewayError("provider_refused", { sentence: "The Hub's path leads to another server." });
  try {
    return await fetch(url, {
      method: exchange.method,
      redirect: "error",
      signal: AbortSignal.timeout(exchange.timeoutMs ?? TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${access.key}`,
        accept: "application/json",
        ...(exchange.body ? { "content-type": "application/json" } : {}),
        ...exchange.headers,
      },
      ...(exchange.body ? { body: JSON.stringify(exchange.body) } : {}),
    });
  } catch (thrown) {
    const error = toError(thrown);
    if (NEVER_SENT.has(codeOf(error)))
      throw unavailable({ access, ...exchange }, "it could not be reached", error);
    throw unclear({ access, ...exchange }, error);
  }
}

function codeOf(error: Error): string {
  const cause = error.cause;
  // Ports no browser may reach are refused by fetch itself, before anything is sent.
  if (cause instanceof Error && cause.message === "bad port") return "ECONNREFUSED";
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}

async function readBounded(response: Response): Promise<string> {
  const declared = Number(response.headers.get("content-length") ?? 0);
  if (declared > MOST_BYTES) throw new Error("the Hub's answer is too large");
  const text = await response.text();
  if (text.length > MOST_BYTES) throw new Error("the Hub's answer is too large");
  return text;
}

function unavailable(exchange: HubExchange, why: string, cause?: Error): GatewayError {
  return new GatewayError("provider_unavailable", {
    sentence: `The Aventora Hub did not take the request: ${why}.`,
    logMessage: `Hub ${exchange.method} ${exchange.path}: ${why}`,
    retry: RETRY_LATER,
    cause,
  });
}

function unclear(exchange: HubExchange, cause: Error): GatewayError {
  if (!exchange.startsSomething) return unavailable(exchange, "no clear answer came", cause);
  return new GatewayError("provider_fate_unknown", {
    sentence:
      "The Aventora Hub gave no clear answer, so it is not known whether this outreach was started. Check in the Hub, then resume it here or cancel it.",
    logMessage: `Hub ${exchange.method} ${exchange.path}: ${cause.message}`,
    cause,
  });
}

function refused(status: number, text: string): GatewayError {
  const said = redactText(text.replace(/\s+/g, " ").slice(0, 200));
  const why =
    status === 401 || status === 403
      ? "it did not accept the key, or the account may not do this"
      : `it answered ${status}`;
  return new GatewayError("provider_refused", {
    sentence: `The Aventora Hub refused the outreach: ${why}.`,
    logMessage: `Hub refused with ${status}: ${said}`,
    details: { status, said },
  });
}
