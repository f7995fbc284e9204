// Every request to a CRM goes through here: rate lane, time limit, parsed answer or typed error. What is particular to a
// CRM (headers, budget, meaning of a status) comes in as `CrmWire`. Called by the CRMs' clients. Nothing here retries.
import type { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { fieldProblems } from "../base/parse.ts";
import type { ProcessLog } from "../log/process-log.ts";
import type { Asked, CrmErrors } from "./crm-errors.ts";
import { networkFailure } from "./network-failure.ts";
import type { LaneSlot, RateFacts, RateLanes } from "./rate-lanes.ts";
import { createHttpSender, type HttpAnswer, type HttpRequest } from "./send-http.ts";
import { type CrmCall, startTimeLimit, type TimeLimit } from "./start-time-limit.ts";

export interface CrmRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the base address, without query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly call: CrmCall;
}

export interface CrmAnswer {
  readonly asked: Asked;
  readonly status: number;
  /** Parsed JSON; undefined when the body was empty (204). */
  readonly body: unknown;
}

/** What the resource files of a CRM work with. */
export interface CrmClient {
  /** Any 2xx; everything else is thrown as GatewayError with a crm_* code. */
  request(request: CrmRequest): Promise<CrmAnswer>;
  readonly errors: CrmErrors;
  readonly lanes: RateLanes;
  readonly clock: Clock;
}

/** Headers and address of one request, with everything secret in it. */
export type WireRequest = Pick<HttpRequest, "baseUrl" | "path" | "headers">;

export interface CrmWire {
  /** Throws not_ready when something needed is not configured. */
  readonly prepare: (request: CrmRequest) => WireRequest | Promise<WireRequest>;
  /** Whose budget, and which part of it, pays for the request. */
  readonly budget: (request: CrmRequest) => {
    readonly accessId: string;
    readonly accountId?: string;
    readonly context: string;
  };
  readonly rateFacts: (answer: HttpAnswer) => RateFacts;
  /** The error for an answer that is not a 2xx. */
  readonly refusal: (request: CrmRequest, answer: HttpAnswer, wire: WireRequest) => GatewayError;
}

export interface ExchangeDeps {
  readonly clock: Clock;
  readonly log: Pick<ProcessLog, "debug" | "warn">;
  readonly errors: CrmErrors;
  readonly lanes: RateLanes;
  readonly wire: CrmWire;
}

export function createExchange(deps: ExchangeDeps): CrmClient["request"] {
  const { clock, errors, lanes, wire } = deps;
  const http = createHttpSender();

  const takeSlot = async (request: CrmRequest, limit: TimeLimit): Promise<LaneSlot> => {
    const { priority, deadline } = request.call;
    const take = lanes.take({ ...wire.budget(request), priority, deadline, signal: limit.signal });
    const slot = await take.catch((error: unknown) => {
      throw request.call.signal?.aborted ? errors.tookTooLong(request, false, "given up") : error;
    });
    if (!limit.signal.aborted) return slot;
    slot.unsent();
    throw errors.tookTooLong(request, false, limit.reason());
  };

  const exchange = async (
    request: CrmRequest,
    prepared: WireRequest,
    limit: TimeLimit,
  ): Promise<CrmAnswer> => {
    const slot = await takeSlot(request, limit);
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    const sending = http.send({ ...prepared, method: request.method, body, signal: limit.signal });
    const answer = await sending.catch((thrown: unknown) => {
      const failure = networkFailure(errors, request, thrown);
      if (failure.neverSent && !limit.signal.aborted) slot.unsent();
      else slot.sent(null);
      throw limit.signal.aborted ? errors.tookTooLong(request, true, limit.reason()) : failure.error;
    });
    slot.sent(wire.rateFacts(answer));
    if (answer.status < 200 || answer.status > 299) throw wire.refusal(request, answer, prepared);
    return readAnswer(errors, request, answer);
  };

  return async (asked) => {
    const limit = startTimeLimit(clock, asked.call);
    const startedAt = clock.monotonic();
    try {
      const prepared = await wire.prepare(asked);
      await http.prepare();
      if (limit.signal.aborted) throw errors.tookTooLong(asked, false, limit.reason());
      const answer = await exchange(asked, prepared, limit);
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
}

function readAnswer(
  errors: CrmErrors,
  { method, path }: CrmRequest,
  { status, text }: HttpAnswer,
): CrmAnswer {
  const asked: Asked = { method, path };
  if (text.trim() === "") return { asked, status, body: undefined };
  try {
    return { asked, status, body: JSON.parse(text) };
  } catch {
    throw errors.badAnswer(asked, `answered ${status} with something that is not JSON`);
  }
}

/** The answer's body in a known shape, or crm_bad_answer naming what did not fit (names of fields, no values). */
export function parseAnswer<S extends z.ZodType>(
  { errors }: Pick<CrmClient, "errors">,
  schema: S,
  { asked, body }: CrmAnswer,
): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problem = fieldProblems(result.error.issues)[0];
  throw errors.badAnswer(asked, `unexpected shape at "${problem?.path ?? ""}": ${problem?.message ?? ""}`);
}
