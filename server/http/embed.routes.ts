// The single-contact app's routes: the page Follow Up Boss frames, its start, and the live state of what was started.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Request, type Response, Router } from "express";
import helmet from "helmet";
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { embedStartSchema } from "../../shared/embed.schema.ts";
import { isTerminal } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { parseOrThrow } from "../base/parse.ts";
import { rawQueryValue } from "../crm/followupboss/raw-query-value.ts";
import { problemModel } from "../embed/embed-problems.ts";
import type { EmbedSession } from "../embed/embed-sessions.ts";
import { openEmbed } from "../embed/open-embed.ts";
import { renderPage } from "../embed/render-page.ts";
import { readForSession, startFromEmbed } from "../embed/start-from-embed.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { limitRefusals } from "./rate-limits.ts";
import { bearerOf, bodyOf, readJson } from "./read-body.ts";
import { sendStarted } from "./send-started.ts";
import { openStream } from "./send-stream.ts";

const compress = promisify(gzip);
const START_BODY = "32kb";
/** After its end an outreach is still watched for a while: its record in Follow Up Boss follows. */
const LINGER_MS = 60_000;

// Framed by Follow Up Boss, so no X-Frame-Options; the page sets its own policy.
const embedHeaders = helmet({
  contentSecurityPolicy: false,
  frameguard: false,
  crossOriginResourcePolicy: { policy: "cross-origin" },
});

export function embedRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  const sendProblem = (request: Request, response: Response): Promise<void> =>
    sendPage(
      deps,
      request,
      response,
      problemModel("unauthorized", {
        tenant: null,
        domain: null,
        why: "Too many pages were refused from this address. Wait a minute and reload.",
        support: {},
      }),
    );
  router
    .route("/integration/followupboss/embed")
    .get(
      embedHeaders,
      limitRefusals((request, response, next) => void sendProblem(request, response).catch(next)),
      async (request: Request, response: Response) => {
        const search = request.url.slice(request.url.indexOf("?"));
        const read = (name: string): string | undefined =>
          request.url.includes("?") ? rawQueryValue(search, name) : undefined;
        const model = await openSafely(deps, {
          context: read("context"),
          signature: read("signature"),
          domainName: read("domain_name"),
        });
        await sendPage(deps, request, response, model);
      },
    )
    .all(allowOnly("GET"));
  router
    .route("/integration/followupboss/embed/start")
    .post(helmet(), limitRefusals(), readJson(START_BODY), async (request: Request, response: Response) => {
      const session = await sessionOf(deps, request);
      const start = parseOrThrow(embedStartSchema, bodyOf(request));
      sendStarted(response, await startFromEmbed(deps.embed, session, start));
    })
    .all(allowOnly("POST"));
  router
    .route("/integration/followupboss/embed/engagements/:id")
    .get(helmet(), limitRefusals(), async (request, response) => {
      response.json(await readForSession(deps.embed, await sessionOf(deps, request), request.params.id));
    })
    .all(allowOnly("GET"));
  router
    .route("/integration/followupboss/embed/engagements/:id/events")
    .get(helmet(), limitRefusals(), (request, response) =>
      streamEngagement(deps, request, response, request.params.id),
    )
    .all(allowOnly("GET"));
  return router;
}

// A bug must still give a page: Follow Up Boss shows nothing of an answer without its script.
async function openSafely(deps: PublicAppDeps, query: Parameters<typeof openEmbed>[1]): Promise<EmbedModel> {
  try {
    return await openEmbed(deps.embed, query);
  } catch (error) {
    deps.log.error("embed", "the page could not be opened", error);
    const why =
      error instanceof GatewayError
        ? error.sentence
        : "Something went wrong in the gateway. It has been recorded.";
    return problemModel("not_ready", { tenant: null, domain: null, why, support: {} });
  }
}

async function sendPage(
  deps: PublicAppDeps,
  request: Request,
  response: Response,
  model: EmbedModel,
): Promise<void> {
  response.locals.refused = model.state !== "ready";
  const page = renderPage(model, deps.assets());
  response.status(200);
  response.setHeader("content-security-policy", page.contentSecurityPolicy);
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("vary", "accept-encoding");
  if (!request.acceptsEncodings("gzip")) return void response.end(page.html);
  response.setHeader("content-encoding", "gzip");
  response.end(await compress(page.html, { level: 4 }));
}

async function sessionOf(deps: PublicAppDeps, request: Request): Promise<EmbedSession> {
  return deps.embed.sessions.read(bearerOf(request) ?? "", "embed");
}

async function streamEngagement(
  deps: PublicAppDeps,
  request: Request,
  response: Response,
  id: string,
): Promise<void> {
  const session = await sessionOf(deps, request);
  const first = await readForSession(deps.embed, session, id);
  const stream = openStream(request, response);
  let last = "";
  const send = (engagement: typeof first): void => {
    const text = JSON.stringify(engagement);
    if (text !== last) stream.send("engagement", engagement);
    last = text;
    if (isTerminal(engagement.status)) stream.onEnd(stopLater(stream.end));
  };
  const refresh = (): void => {
    readForSession(deps.embed, session, id).then(send, (error: unknown) => {
      deps.log.warn("embed", `a live page lost its outreach: ${String(error)}`);
      stream.end();
    });
  };
  const stop = deps.bus.on("engagement:changed", (fact) => {
    if (fact.engagementId === id) refresh();
  });
  stream.onEnd(stop);
  send(first);
  // Something may have changed between reading and listening.
  refresh();
}

function stopLater(end: () => void): () => void {
  const timer = setTimeout(end, LINGER_MS);
  timer.unref();
  return () => clearTimeout(timer);
}
