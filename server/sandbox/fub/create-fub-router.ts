// The door of the pretend Follow Up Boss: log, key, limits, faults, then the endpoint. Mounted at /v1 by create-sandbox.
import { setTimeout as wait } from "node:timers/promises";
import express, { type Request, type Response, type Router } from "express";
import { answerRequest } from "./answer-request.ts";
import { authenticateCaller, UNAUTHORIZED } from "./authenticate-caller.ts";
import type { FubWorld, LoggedRequest } from "./create-fub-world.ts";
import type { FubCaller, FubReply } from "./fub-reply.ts";
import { admitRequest, rateContext, refuse } from "./limit-requests.ts";
import type { Fault } from "./take-fault.ts";

const LOG_SIZE = 50_000;
const HTML_ERROR =
  "<!DOCTYPE html><html><head><title>ERROR</title></head><body><h1>The request could not be satisfied.</h1>" +
  "<hr>We can't connect to the server for this app at this time.</body></html>";

/** What is sent: nothing ever (`silence`), a broken connection (`reset`), or an answer. */
type Outcome =
  | { kind: "answer"; reply: FubReply }
  | { kind: "html"; status: number }
  | { kind: "silence" }
  | { kind: "reset" };

export function createFubRouter(world: FubWorld): Router {
  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: "5mb" }));
  router.use(async (request: Request, response: Response) => {
    const entry = logRequest(world, request);
    const { outcome, delayMs } = decide(world, request, entry);
    const waitMs = delayMs + world.options.latencyMs;
    if (waitMs > 0) await wait(waitMs, undefined, { ref: false });
    send(response, outcome, entry);
  });
  return router;
}

function decide(
  world: FubWorld,
  request: Request,
  entry: LoggedRequest,
): { outcome: Outcome; delayMs: number } {
  const { method, path } = entry;
  const caller = authenticateCaller(world, {
    authorization: request.get("authorization"),
    system: entry.system ?? undefined,
    systemKey: entry.systemKey ?? undefined,
  });
  if (!caller) return { outcome: answer(entry, UNAUTHORIZED, {}), delayMs: 0 };
  entry.domain = caller.account.domain;
  entry.userId = caller.user.id;
  const known = { "FUB-Account-ID": String(caller.account.id), "FUB-User-ID": String(caller.user.id) };
  const admission = admitRequest(world, caller, method, path);
  const headers = { ...known, ...admission.headers };
  if (!admission.admitted) return { outcome: answer(entry, TOO_MANY, headers), delayMs: 0 };
  const fault = world.faults.take(method, path);
  entry.fault = fault?.kind ?? null;
  const process = (): FubReply => processRequest(world, request, entry, caller);
  const outcome = fault
    ? faulty(world, caller, fault, entry, headers, process)
    : answer(entry, process(), headers);
  return { outcome, delayMs: fault?.delayMs ?? 0 };
}

/** The body of a 429 is not documented; the shape of other errors is the best guess. */
const TOO_MANY: FubReply = { status: 429, body: { errorMessage: "Too many requests." } };

function answer(entry: LoggedRequest, reply: FubReply, headers: Record<string, string>): Outcome {
  entry.status = reply.status;
  return { kind: "answer", reply: { ...reply, headers: { ...headers, ...reply.headers } } };
}

function faulty(
  world: FubWorld,
  caller: FubCaller,
  fault: Fault,
  entry: LoggedRequest,
  headers: Record<string, string>,
  process: () => FubReply,
): Outcome {
  switch (fault.kind) {
    case "429": {
      const context = rateContext(entry.method, entry.path);
      const refused = refuse(world, caller, context, (fault.retryAfter ?? 1) * 1000);
      return answer(entry, TOO_MANY, { ...headers, ...refused.headers });
    }
    case "status":
      return answer(
        entry,
        { status: fault.status ?? 500, body: { errorMessage: "Something went wrong." } },
        headers,
      );
    case "html":
      entry.status = fault.status ?? 502;
      return { kind: "html", status: entry.status };
    case "timeout-after-storing":
      entry.status = process().status;
      return { kind: "silence" };
    case "timeout-before":
      return { kind: "silence" };
    case "reset":
      return { kind: "reset" };
    case "delay":
      return answer(entry, process(), headers);
  }
}

function processRequest(
  world: FubWorld,
  request: Request,
  entry: LoggedRequest,
  caller: FubCaller,
): FubReply {
  // A body that is not JSON was logged as its text.
  if (typeof entry.body === "string") {
    return { status: 400, body: { errorMessage: "The request body is not valid JSON." } };
  }
  const origin = `${request.protocol}://${request.get("host") ?? "localhost"}`;
  return answerRequest(entry.method, entry.path, {
    world,
    caller,
    query: entry.query,
    body: entry.body,
    origin,
  });
}

function send(response: Response, outcome: Outcome, entry: LoggedRequest): void {
  if (outcome.kind === "silence") return;
  if (outcome.kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  entry.answered = true;
  if (outcome.kind === "html") {
    response.status(outcome.status).type("html").send(HTML_ERROR);
    return;
  }
  const { status, headers, body } = outcome.reply;
  response.status(status).set(headers ?? {});
  if (body === undefined) response.end();
  else response.setHeader("Content-Type", "application/json; charset=UTF-8").end(JSON.stringify(body));
}

function logRequest(world: FubWorld, request: Request): LoggedRequest {
  const entry: LoggedRequest = {
    seq: (world.requests.at(-1)?.seq ?? 0) + 1,
    at: world.clock.now(),
    method: request.method,
    path: request.path.length > 1 ? request.path.replace(/\/$/, "") : request.path,
    query: Object.fromEntries(new URL(request.originalUrl, "http://sandbox").searchParams),
    body: readBody(request),
    system: request.get("x-system") ?? null,
    systemKey: request.get("x-system-key") ?? null,
    domain: null,
    userId: null,
    status: 0,
    answered: false,
    fault: null,
  };
  world.requests.push(entry);
  // Dropped in blocks: shifting a list this long with every request would be slow.
  if (world.requests.length > LOG_SIZE) world.requests.splice(0, 1000);
  return entry;
}

function readBody(request: Request): unknown {
  const raw: unknown = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) return null;
  const text = raw.toString("utf8");
  try {
    // A bare JSON string stays a string, and so counts as no JSON object, which it is not.
    return JSON.parse(text);
  } catch {
    return text;
  }
}
