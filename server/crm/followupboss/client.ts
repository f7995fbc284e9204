// Every request to Follow Up Boss goes through request(): system headers, key, lane, time limit, parsed answer or typed error.
// Called by the resource files next to it. Nothing here retries.
import type { z } from "zod";
import type { Clock } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import { fieldProblems } from "../../base/parse.ts";
import type { ProcessLog } from "../../log/process-log.ts";
import { type Asked, badAnswer, refusedBy, tookTooLong } from "./errors.ts";
import { assertStaysAtFub, resolveBaseUrl, withQuery } from "./fub-address.ts";
import { networkFailure } from "./network-failure.ts";
import { createRateLanes, type LaneSlot, type RateLanes } from "./rate-lanes.ts";
import { readRateFacts } from "./read-rate-facts.ts";
import { rateContextOf } from "./request-context.ts";
import { createHttpSender, type HttpAnswer, type HttpRequest } from "./send-http.ts";
import { type FubCall, startTimeLimit, type TimeLimit } from "./start-time-limit.ts";

export interface FubClientDeps {
  /** FUB_API_BASE_URL as configured. */
  readonly baseUrl: () => string;
  /** X-System and X-System-Key. */
  readonly system: () => { readonly name: string; readonly key: string | undefined };
  readonly clock: Clock;
  readonly log: Pick<ProcessLog, "debug" | "warn">;
}

export interface FubRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /v1, without query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly call: FubCall;
}

export interface FubAnswer {
  readonly asked: Asked;
  readonly status: number;
  /** Parsed JSON; undefined when the body was empty (204). */
  readonly body: unknown;
}

export interface FubClient {
  /** Any 2xx; everything else is thrown as GatewayError with a crm_* code. */
  request(request: FubRequest): Promise<FubAnswer>;
  readonly lanes: RateLanes;
  readonly clock: Clock;
  readonly systemName: () => string;
}

export function createFubClient(deps: FubClientDeps): FubClient {
  const { clock } = deps;
  const http = createHttpSender();
  const lanes = createRateLanes({ clock });

  const takeSlot = async (request: FubRequest, limit: TimeLimit): Promise<LaneSlot> => {
    const { access, priority, deadline } = request.call;
    const context = rateContextOf(request.method, request.path);
    const take = lanes.take({ accessId: access.id, context, priority, deadline, signal: limit.signal });
    const slot = await take.catch((error: unknown) => {
      throw request.call.signal?.aborted ? tookTooLong(request, false, "given up") : error;
    });
    if (!limit.signal.aborted) return slot;
    slot.unsent();
    throw tookTooLong(request, false, limit.reason());
  };

  const exchange = async (request: FubRequest, wire: HttpRequest, limit: TimeLimit): Promise<FubAnswer> => {
    const slot = await takeSlot(request, limit);
    const answer = await http.send(wire).catch((thrown: unknown) => {
      const failure = networkFailure(request, thrown);
      if (failure.neverSent && !limit.signal.aborted) slot.unsent();
      else slot.sent(null);
      throw limit.signal.aborted ? tookTooLong(request, true, limit.reason()) : failure.error;
    });
    const facts = readRateFacts(answer.status, answer.header, clock.now());
    slot.sent(facts);
    return readAnswer(request, answer, facts.pauseMs);
  };

  const request = async (asked: FubRequest): Promise<FubAnswer> => {
    const limit = startTimeLimit(clock, asked.call);
    const startedAt = clock.monotonic();
    try {
      const wire = wireRequest(deps, asked, limit.signal);
      await http.prepare();
      if (limit.signal.aborted) throw tookTooLong(asked, false, limit.reason());
      const answer = await exchange(asked, wire, limit);
      const took = Math.round(clock.monotonic() - startedAt);
      deps.log.debug("crm", `${asked.method} ${asked.path} answered ${answer.status} after ${took} ms`);
      return answer;
    } catch (error) {
      if (error instanceof GatewayError && error.code !== "crm_not_found")
        deps.log.warn("crm", error.message);
      throw error;
    } finally {
      limit.end();
    }
  };

  return { request, lanes, clock, systemName: () => deps.system().name };
}

function wireRequest(deps: FubClientDeps, asked: FubRequest, signal: AbortSignal): HttpRequest {
  const { name, key } = deps.system();
  if (!key) {
    throw new GatewayError("not_ready", {
      sentence:
        "FUB_SYSTEM_KEY is not configured on the gateway. Without it Follow Up Boss cannot be used at all.",
    });
  }
  const baseUrl = resolveBaseUrl(deps.baseUrl());
  const path = withQuery(asked.path, asked.query);
  assertStaysAtFub(baseUrl, path);
  return {
    method: asked.method,
    baseUrl,
    path,
    signal,
    body: asked.body === undefined ? null : JSON.stringify(asked.body),
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      // FUB docs: authentication. The key is the user name, the password stays blank.
      Authorization: `Basic ${Buffer.from(`${asked.call.access.key}:`).toString("base64")}`,
      // FUB docs: identification.
      "X-System": name,
      "X-System-Key": key,
    },
  };
}

function readAnswer(
  { method, path }: FubRequest,
  { status, text }: HttpAnswer,
  pauseMs: number | null,
): FubAnswer {
  const asked: Asked = { method, path };
  if (status < 200 || status > 299) throw refusedBy(asked, { status, text, pauseMs });
  if (text.trim() === "") return { asked, status, body: undefined };
  try {
    return { asked, status, body: JSON.parse(text) };
  } catch {
    throw badAnswer(asked, `answered ${status} with something that is not JSON`);
  }
}

/** The answer's body in a known shape, or crm_bad_answer naming what did not fit (names of fields, no values). */
export function parseAnswer<S extends z.ZodType>(schema: S, { asked, body }: FubAnswer): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problem = fieldProblems(result.error.issues)[0];
  throw badAnswer(asked, `unexpected shape at "${problem?.path ?? ""}": ${problem?.message ?? ""}`);
}
