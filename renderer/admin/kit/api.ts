// Asks the gateway's admin listener and checks what it answers against the shared schema. Every room gets its data here.
import { z } from "zod";
import { KIT } from "../texts/kit.ts";

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
const TIMEOUT_MS = 20_000;

/**
 * `locked`: this browser is not accepted; `offline`: nobody answered; `refused`: the gateway said why not;
 * `odd`: it answered with something else than agreed.
 */
export type FailureKind = "locked" | "offline" | "refused" | "odd";

export class ApiError extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  /** The gateway's code ("settings_changed"); "" when there is none. */
  readonly code: string;
  readonly details: unknown;
  /** "GET /api/home", for support. */
  readonly request: string;
  constructor(
    kind: FailureKind,
    message: string,
    more: { status?: number; code?: string; details?: unknown; request: string },
  ) {
    super(message);
    this.kind = kind;
    this.status = more.status ?? 0;
    this.code = more.code ?? "";
    this.details = more.details;
    this.request = more.request;
  }
}

export type Query = Readonly<Record<string, string | number | null | undefined>>;
export interface Ask {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** A CSV file, sent as it is in place of a body. */
  readonly csv?: Blob;
  /** Empty, null and missing values are left out. */
  readonly query?: Query | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For long work such as a connection test; 20 seconds when left out. */
  readonly timeoutMs?: number;
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** @param path below /api: "/home". @throws ApiError; or the signal's reason when it was aborted from outside. */
export async function ask<T>(path: string, schema: z.ZodType<T>, options: Ask = {}): Promise<T> {
  const method = options.method ?? "GET";
  const request = `${method} /api${path}`;
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(withQuery(`/api${path}`, options.query), {
      method,
      cache: "no-store",
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      ...sent(options),
    });
    body = await readBody(response);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError("offline", KIT.offline.cause, { request });
  }
  return understand(response, body, schema, request);
}

function sent({ body, csv }: Ask): RequestInit {
  if (csv !== undefined) return { headers: { "content-type": "text/csv" }, body: csv };
  if (body === undefined) return {};
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** An answer without a body counts as an empty one; one that is no JSON as none. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function understand<T>(response: Response, body: unknown, schema: z.ZodType<T>, request: string): T {
  const { status } = response;
  const said = errorSchema.safeParse(body);
  const more = said.success ? { code: said.data.error.code, details: said.data.error.details } : {};
  if (status === 401) throw new ApiError("locked", KIT.locked.cause, { status, request, ...more });
  if (!response.ok && said.success) {
    throw new ApiError("refused", said.data.error.message, { status, request, ...more });
  }
  const parsed = schema.safeParse(body);
  if (response.ok && parsed.success) return parsed.data;
  const why = parsed.success ? undefined : z.prettifyError(parsed.error).slice(0, 2000);
  throw new ApiError("odd", KIT.odd.cause, { status, request, details: why });
}
