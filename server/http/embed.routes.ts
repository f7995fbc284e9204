// The single-contact app's routes: the page Follow Up Boss frames, its start, and the live state of what was started.
import { type Request, type Response, Router } from "express";
import helmet from "helmet";
import { embedStartSchema } from "../../shared/embed.schema.ts";
import { isTerminal } from "../../shared/values.ts";
import { parseOrThrow } from "../base/parse.ts";
import { openEmbed } from "../embed/open-embed.ts";
import { startFromEmbed } from "../embed/start-from-embed.ts";
import { embedConversationRoutes, knownSession, readLive, sessionOf } from "./embed-conversation.routes.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { givenIn, readJson } from "./read-body.ts";
import { embedHeaders, embedQuery, openSafely, sendPage } from "./send-page.ts";
import { sendStarted } from "./send-started.ts";
import { openStream } from "./send-stream.ts";

const START_BODY = "32kb";
/** After its end an outreach is still watched for a while: its record in Follow Up Boss follows. */
const LINGER_MS = 60_000;

export function embedRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  router
    .route("/integration/followupboss/embed")
    .get(embedHeaders, async (request: Request, response: Response) => {
      const model = await openSafely(deps, () => openEmbed(deps.embed, embedQuery(request, response)));
      await sendPage(deps, "embed", request, response, model);
    })
    .all(allowOnly("GET"));
  router
    .route("/integration/followupboss/embed/start")
    .post(
      helmet(),
      knownSession(deps),
      ...readJson(START_BODY),
      async (request: Request, response: Response) => {
        const session = await sessionOf(deps, request);
        const start = parseOrThrow(embedStartSchema, givenIn(request));
        sendStarted(response, await startFromEmbed(deps.embed, session, start));
      },
    )
    .all(allowOnly("POST"));
  router
    .route("/integration/followupboss/embed/engagements/:id")
    .get(helmet(), async (request, response) => {
      response.json(await readLive(deps, await sessionOf(deps, request), request.params.id));
    })
    .all(allowOnly("GET"));
  router
    .route("/integration/followupboss/embed/engagements/:id/events")
    .get(helmet(), (request, response) => streamEngagement(deps, request, response, request.params.id))
    .all(allowOnly("GET"));
  router.use(embedConversationRoutes(deps));
  return router;
}

async function streamEngagement(
  deps: PublicAppDeps,
  request: Request,
  response: Response,
  id: string,
): Promise<void> {
  const session = await sessionOf(deps, request);
  const first = await readLive(deps, session, id);
  const stream = openStream(request, response);
  let last = "";
  const send = (engagement: typeof first): void => {
    const text = JSON.stringify(engagement);
    if (text !== last) stream.send("engagement", engagement);
    last = text;
    // Somebody may still write back; a call has nothing to add but its record.
    if (isTerminal(engagement.status) && !("conversation" in engagement)) stream.onEnd(stopLater(stream.end));
  };
  const refresh = (): void => {
    readLive(deps, session, id).then(send, (error: unknown) => {
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
