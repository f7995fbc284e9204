// The contact's chat page: opened by its link alone, so every answer is about one outreach and nothing else. Whoever guesses
// links is slowed down; whoever has one may write at the speed of a person.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { type ChatModel, type ChatState, chatWriteSchema } from "../../shared/chat.schema.ts";
import { GatewayError, retryAfter } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { readLinkToken } from "../base/link-token.ts";
import { parseOrThrow } from "../base/parse.ts";
import { CHAT_LINK, openChat, writeInChat } from "../conversations/open-chat.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { LIMITER_CHECKS, refuseDoubted } from "./rate-limits.ts";
import { bodyOf, readJson } from "./read-body.ts";
import { renderChat } from "./render-chat.ts";
import { openStream } from "./send-stream.ts";
import { createStreamPlaces, endAfter, type StreamPlaces } from "./stream-places.ts";

const BODY = "16kb";
const MINUTE_MS = 60_000;
const WORDS_PER_MINUTE = 30;
const STREAMS_PER_MINUTE = 60;
/** Open at once: a person's few tabs, and all that one program can serve well. */
const STREAMS = { perKey: 5, total: 500 } as const;
/** The page opens the next one by itself; by then it is asked again whether the link still holds. */
const STREAM_MS = 10 * MINUTE_MS;
const compress = promisify(gzip);

type Handler = (request: Request<{ token: string }>, response: Response) => Promise<void>;

export function chatRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  const knownLink = requireLink(deps);
  router.route("/chat/:token").get(pageHeaders, showPage(deps)).all(allowOnly("GET"));
  router
    .route("/chat/:token/messages")
    .post(helmet(), knownLink, perLink(WORDS_PER_MINUTE), readJson(BODY), takeWord(deps))
    .all(allowOnly("POST"));
  router
    .route("/chat/:token/events")
    .get(helmet(), knownLink, perLink(STREAMS_PER_MINUTE), streamChat(deps, createStreamPlaces(STREAMS)))
    .all(allowOnly("GET"));
  return router;
}

// The page sets a policy of its own; nobody may frame it.
const pageHeaders = helmet({ contentSecurityPolicy: false });

/** Before anything of the request is read or counted: a link that was never given out costs nothing more. */
const requireLink =
  ({ conversations }: PublicAppDeps): RequestHandler<{ token: string }> =>
  (request, response, next) => {
    if (readLinkToken(conversations.links, CHAT_LINK, request.params.token) === undefined) {
      refuseDoubted(response);
      throw new GatewayError("not_found");
    }
    next();
  };

const perLink = (limit: number) =>
  rateLimit({
    windowMs: MINUTE_MS,
    validate: LIMITER_CHECKS,
    limit,
    keyGenerator: (request) =>
      sha256Hex(String(request.params.token ?? "")) + ipKeyGenerator(request.ip ?? ""),
    standardHeaders: false,
    legacyHeaders: false,
    handler: () => {
      throw new GatewayError("rate_limited", { retry: retryAfter(MINUTE_MS) });
    },
  });

/** A person opened it, so what is wrong is a page, with the status that tells programs the same. */
function showPage(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const { model, status } = await modelOf(deps, request.params.token);
    if (status !== 200) refuseDoubted(response);
    const page = renderChat(model, deps.assets("chat"));
    response.status(status);
    response.setHeader("content-security-policy", page.contentSecurityPolicy);
    response.setHeader("cache-control", "no-store");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("vary", "accept-encoding");
    response.setHeader("x-robots-tag", "noindex, nofollow");
    if (!request.acceptsEncodings("gzip")) return void response.end(page.html);
    response.setHeader("content-encoding", "gzip");
    response.end(await compress(page.html, { level: 4 }));
  };
}

async function modelOf(
  deps: PublicAppDeps,
  token: string,
): Promise<{ readonly model: ChatModel; readonly status: number }> {
  try {
    const { state } = await openChat(deps.conversations, token);
    return { model: { chat: state, problem: null }, status: 200 };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const problem =
      error.code === "not_found"
        ? "This link leads to no chat. Check that it was copied as a whole."
        : error.sentence;
    return { model: { chat: null, problem }, status: error.status };
  }
}

function takeWord(deps: PublicAppDeps): Handler {
  return async (request, response) => {
    const write = parseOrThrow(chatWriteSchema, bodyOf(request));
    response.status(202).json(await writeInChat(deps.conversations, request.params.token, write));
  };
}

/** Event `chat`: the whole state whenever it changed. */
function streamChat(deps: PublicAppDeps, places: StreamPlaces): Handler {
  return async (request, response) => {
    const { token } = request.params;
    const first = await openChat(deps.conversations, token);
    const leave = places.take(first.row.id);
    const stream = openStream(request, response);
    stream.onEnd(leave);
    endAfter(stream, Math.min(STREAM_MS, first.expiresAt - deps.conversations.clock.now()));
    let last = "";
    const send = (state: ChatState): void => {
      const text = JSON.stringify(state);
      if (text !== last) stream.send("chat", state);
      last = text;
    };
    const refresh = (): void => {
      openChat(deps.conversations, token).then(
        ({ state }) => send(state),
        () => stream.end(),
      );
    };
    stream.onEnd(
      deps.bus.on("engagement:changed", ({ engagementId }) => {
        if (engagementId === first.row.id) refresh();
      }),
    );
    send(first.state);
    // Something may have been said between reading and listening.
    refresh();
  };
}
