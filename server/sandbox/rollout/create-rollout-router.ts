// The door of the pretend Rollout: log, token, limit, faults, then the endpoint. Mounted at /rollout/api by create-sandbox.
import { setTimeout as wait } from "node:timers/promises";
import express, { type Request, type Response, type Router } from "express";
import type { Fault } from "../fub/take-fault.ts";
import { answerRollout } from "./answer-rollout.ts";
import type { RolloutWorld } from "./create-rollout-world.ts";
import type { RolloutReply } from "./rollout-reply.ts";
import type { RolloutLoggedRequest } from "./rollout-types.ts";
import { verifyToken } from "./verify-token.ts";

const LOG_SIZE = 50_000;
const SECOND = 1000;

/** What is sent: nothing ever (`silence`), a broken connection (`reset`), a page, or an answer. */
type Outcome = { kind: "answer" | "html"; reply: RolloutReply } | { kind: "silence" } | { kind: "reset" };

export function createRolloutRouter(world: RolloutWorld): Router {
  const router = express.Router();
  router.use(express.raw({ type: () => true, limit: "5mb" }));
  router.use(async (request: Request, response: Response) => {
    const entry = logRequest(world, request);
    const sub = await verifyToken(request.get("authorization"), world.options, world.clock.now());
    entry.sub = sub ?? null;
    const base = `${request.protocol}://${request.get("host") ?? "localhost"}${request.baseUrl}`;
    const { outcome, delayMs } = decide(world, entry, base);
    const waitMs = delayMs + world.options.latencyMs;
    if (waitMs > 0) await wait(waitMs, undefined, { ref: false });
    send(response, outcome, entry);
  });
  return router;
}

function decide(
  world: RolloutWorld,
  entry: RolloutLoggedRequest,
  base: string,
): { outcome: Outcome; delayMs: number } {
  const { sub, method, path } = entry;
  if (sub === null) return { outcome: answer(entry, refusal(401, "Invalid token.")), delayMs: 0 };
  if (!admit(world, sub)) return { outcome: answer(entry, refusal(429, "Too many requests.")), delayMs: 0 };
  const process = (): RolloutReply => answerRollout(world, sub, entry, base);
  const fault = world.faults.take(method, path);
  entry.fault = fault?.kind ?? null;
  const outcome = fault ? faulty(fault, entry, process) : answer(entry, process());
  return { outcome, delayMs: fault?.delayMs ?? 0 };
}

const refusal = (status: number, errorMessage: string): RolloutReply => ({ status, body: { errorMessage } });

function answer(entry: RolloutLoggedRequest, reply: RolloutReply): Outcome {
  entry.status = reply.status;
  // As it is now: what happens while it is on its way is not in it.
  return { kind: "answer", reply: structuredClone(reply) };
}

/** Counts the request unless the last second is full; those refused use up nothing (vendor docs: about 50 a second). */
function admit({ clock, hits, options }: RolloutWorld, sub: string): boolean {
  const now = clock.now();
  const recent = (hits.get(sub) ?? []).filter((at) => at > now - SECOND);
  const admitted = options.requestsPerSecond === null || recent.length < options.requestsPerSecond;
  if (admitted) recent.push(now);
  hits.set(sub, recent);
  return admitted;
}

function faulty(fault: Fault, entry: RolloutLoggedRequest, process: () => RolloutReply): Outcome {
  switch (fault.kind) {
    case "429": {
      // Rollout documents no Retry-After; one that passes its CRM's on can be made.
      const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
      return answer(entry, { ...refusal(429, "Too many requests."), headers });
    }
    case "status":
      return answer(entry, refusal(fault.status ?? 500, "Something went wrong."));
    case "html":
      entry.status = fault.status ?? 502;
      return {
        kind: "html",
        reply: {
          status: entry.status,
          body: "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>",
        },
      };
    case "timeout-after-storing":
      entry.status = process().status;
      return { kind: "silence" };
    case "timeout-before":
      return { kind: "silence" };
    case "reset":
      return { kind: "reset" };
    case "delay":
      return answer(entry, process());
  }
}

function send(response: Response, outcome: Outcome, entry: RolloutLoggedRequest): void {
  if (outcome.kind === "silence") return;
  if (outcome.kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  entry.answered = true;
  const { status, headers, body } = outcome.reply;
  response.status(status).set(headers ?? {});
  if (outcome.kind === "html") response.type("html").send(body);
  else response.json(body);
}

function logRequest(world: RolloutWorld, request: Request): RolloutLoggedRequest {
  const entry: RolloutLoggedRequest = {
    seq: (world.requests.at(-1)?.seq ?? 0) + 1,
    at: world.clock.now(),
    method: request.method,
    path: request.path.length > 1 ? request.path.replace(/\/$/, "") : request.path,
    query: Object.fromEntries(new URL(request.originalUrl, "http://sandbox").searchParams),
    body: readBody(request),
    credentialId: request.get("x-rollout-credential-id") ?? null,
    sub: null,
    status: 0,
    answered: false,
    fault: null,
  };
  world.requests.push(entry);
  // Dropped in blocks: shifting a list this long with every request would be slow.
  if (world.requests.length > LOG_SIZE) world.requests.splice(0, SECOND);
  return entry;
}

/** Only what is said to be JSON is read as JSON; a text is refused by every endpoint that wants a body. */
function readBody(request: Request): unknown {
  const raw: unknown = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) return null;
  const text = raw.toString("utf8");
  if (!request.is("application/json")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
