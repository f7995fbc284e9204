// The door of the pretend Twilio's API: log, credentials, faults, then the operation. Mounted at /twilio by create-sandbox.
import { setTimeout as wait } from "node:timers/promises";
import express, { type Request, type Response, type Router } from "express";
import type { Fault } from "../../fub/take-fault.ts";
import type { Fields, TwilioLoggedRequest, TwilioState } from "../twilio-state.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import { answerTwilio } from "./answer-twilio.ts";
import { authenticateAccount } from "./authenticate-account.ts";
import { silentSound } from "./serve-sound.ts";
import { refuse, type TwilioReply } from "./twilio-errors.ts";

const LOG_SIZE = 50_000;
const DROPPED_AT_ONCE = 1_000;

/** What is sent: nothing ever (`silence`), a broken connection (`reset`), a page, or an answer. */
type Outcome = { kind: "answer" | "html"; reply: TwilioReply } | { kind: "silence" } | { kind: "reset" };

export function createTwilioRouter(state: TwilioState): Router {
  const router = express.Router();
  router.get(/^\/2010-04-01\/Accounts\/AC\w+\/Recordings\/RE\w+(\.wav)?$/, (request, response) => {
    const sid = /RE\w+/.exec(request.path)?.[0];
    const known = state.recordings.some((recording) => recording.sid === sid);
    if (known) response.type("audio/wav").send(silentSound());
    else response.status(404).json(refuse(20404, request.path).body);
  });
  router.use(express.raw({ type: () => true, limit: "1mb" }));
  router.use(async (request: Request, response: Response) => {
    const entry = logRequest(state, request);
    const { outcome, delayMs } = decide(state, entry, request);
    if (delayMs > 0) await wait(delayMs, undefined, { ref: false });
    send(response, outcome, entry);
    state.touch();
  });
  return router;
}

function decide(
  state: TwilioState,
  entry: TwilioLoggedRequest,
  request: Request,
): { outcome: Outcome; delayMs: number } {
  const now = (reply: TwilioReply) => ({ outcome: answer(entry, reply), delayMs: 0 });
  const [, sid, below = ""] = /^\/2010-04-01\/Accounts\/([^./]+)(.*)$/.exec(entry.path) ?? [];
  if (sid === undefined) return now(refuse(20404, entry.path));
  entry.accountSid = sid;
  const account = state.accounts.find((each) => each.sid === sid);
  const opened = authenticateAccount(account, request.get("authorization"));
  if (!account || !opened) return now(refuse(20003));
  entry.opened = opened;
  if (account.status !== "active") return now(refuse(20005));
  const fault = state.faults.take(entry.method, below);
  entry.fault = fault?.kind ?? null;
  const process = (): TwilioReply => readAndAnswer(state, account, entry, request, below);
  const outcome = fault ? faulty(fault, entry, process) : answer(entry, process());
  return { outcome, delayMs: fault?.delayMs ?? 0 };
}

/** Only forms are read: JSON is something Twilio does not understand here. */
function readAndAnswer(
  state: TwilioState,
  account: TwilioAccount,
  entry: TwilioLoggedRequest,
  request: Request,
  below: string,
): TwilioReply {
  const raw: unknown = request.body;
  const hasBody = Buffer.isBuffer(raw) && raw.length > 0;
  if (hasBody && !request.is("application/x-www-form-urlencoded")) {
    const what = `the body is ${request.get("content-type") ?? "of no type"}, not a form`;
    state.violation({ accountSid: account.sid, sid: "", what });
    return refuse(20001, what);
  }
  return answerTwilio(state, account, entry, below);
}

function answer(entry: TwilioLoggedRequest, reply: TwilioReply): Outcome {
  entry.status = reply.status;
  const { body } = reply;
  const code = typeof body === "object" && body !== null && "code" in body ? Number(body.code) : Number.NaN;
  entry.code = Number.isNaN(code) ? null : code;
  return { kind: "answer", reply };
}

function faulty(fault: Fault, entry: TwilioLoggedRequest, process: () => TwilioReply): Outcome {
  switch (fault.kind) {
    case "429": {
      const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
      return answer(entry, { ...refuse(20429), headers });
    }
    case "status": {
      const status = fault.status ?? 500;
      return answer(entry, {
        status,
        body: { ...(refuse(status === 503 ? 20503 : 20500).body as object), status },
      });
    }
    case "html":
      entry.status = fault.status ?? 502;
      return {
        kind: "html",
        reply: { status: entry.status, body: "<html><body><h1>Bad gateway</h1></body></html>" },
      };
    case "timeout-after-storing":
      answer(entry, process());
      return { kind: "silence" };
    case "timeout-before":
      return { kind: "silence" };
    case "reset":
      return { kind: "reset" };
    case "delay":
      return answer(entry, process());
  }
}

function send(response: Response, outcome: Outcome, entry: TwilioLoggedRequest): void {
  if (outcome.kind === "silence") return;
  if (outcome.kind === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  entry.answered = true;
  const { status, headers, body } = outcome.reply;
  response.status(status).set(headers ?? {});
  if (outcome.kind === "html") response.type("html").send(body);
  else if (body === undefined) response.end();
  else response.json(body);
}

function logRequest(state: TwilioState, request: Request): TwilioLoggedRequest {
  const raw: unknown = request.body;
  const isForm = request.is("application/x-www-form-urlencoded") !== false;
  const entry: TwilioLoggedRequest = {
    seq: (state.requests.at(-1)?.seq ?? 0) + 1,
    at: state.clock.now(),
    method: request.method,
    path: request.path,
    query: readFields(new URL(request.originalUrl, "http://sandbox").searchParams),
    form: readFields(new URLSearchParams(Buffer.isBuffer(raw) && isForm ? raw.toString("utf8") : "")),
    ...{ accountSid: null, opened: null, status: 0, code: null, answered: false, fault: null },
  };
  state.requests.push(entry);
  // Dropped in blocks: shifting a list this long with every request would be slow.
  if (state.requests.length > LOG_SIZE) state.requests.splice(0, DROPPED_AT_ONCE);
  return entry;
}

function readFields(parameters: URLSearchParams): Fields {
  const fields: Fields = {};
  for (const name of new Set(parameters.keys())) fields[name] = parameters.getAll(name);
  return fields;
}
