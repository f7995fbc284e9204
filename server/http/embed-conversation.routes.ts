// What an agent says to the contact on the page of an outreach, and who answers: beside the routes of the page itself.
import { type Request, type RequestHandler, type Response, Router } from "express";
import helmet from "helmet";
import { type Conversation, converseSchema, replySchema } from "../../shared/conversation.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { parseOrThrow } from "../base/parse.ts";
import { readConversation } from "../conversations/read-conversation.ts";
import { replyToContact } from "../conversations/reply-to-contact.ts";
import { takeOver } from "../conversations/take-over.ts";
import type { EmbedSession } from "../embed/embed-sessions.ts";
import { readForSession } from "../embed/start-from-embed.ts";
import { findEngagement } from "../engagements/engagement.store.ts";
import { allowOnly } from "./error-handler.ts";
import type { PublicAppDeps } from "./http-deps.ts";
import { bearerOf, bodyOf, readJson } from "./read-body.ts";

const BODY = "32kb";
const ENGAGEMENT = "/integration/followupboss/embed/engagements/:id";
type Handler = (request: Request<{ id: string }>, response: Response) => Promise<void>;

export function embedConversationRoutes(deps: PublicAppDeps): Router {
  const router = Router();
  const post = (path: string, handler: Handler): void =>
    void router
      .route(`${ENGAGEMENT}/${path}`)
      .post(helmet(), knownSession(deps), ...readJson(BODY), handler)
      .all(allowOnly("POST"));
  post("messages", async (request, response) => {
    const { id } = request.params;
    const session = await ownSession(deps, request, id);
    const { text, click_id } = parseOrThrow(replySchema, bodyOf(request));
    const author = session.userId === null ? "agent" : `agent:${session.userId}`;
    const reply = { engagementId: id, text, author, clickId: click_id };
    const message_id = await replyToContact(deps.conversations, reply);
    response.status(202).json({ message_id, status: "accepted" });
  });
  post("conversation", async (request, response) => {
    const { id } = request.params;
    const session = await ownSession(deps, request, id);
    const { answers } = parseOrThrow(converseSchema, bodyOf(request));
    await takeOver(deps.conversations, { engagementId: id, answers, by: session.crmUserName ?? "The agent" });
    response.json(await readLive(deps, session, id));
  });
  return router;
}

/** Before the body is read. @throws GatewayError session_expired. */
export const knownSession =
  (deps: PublicAppDeps): RequestHandler =>
  async (request, _response, next) => {
    await sessionOf(deps, request);
    next();
  };

export async function sessionOf(deps: PublicAppDeps, request: Request): Promise<EmbedSession> {
  return deps.embed.sessions.read(bearerOf(request) ?? "", "embed");
}

/** @throws GatewayError engagement_not_found for an outreach that is not this page's. */
async function ownSession(
  deps: PublicAppDeps,
  request: Request<{ id: string }>,
  id: string,
): Promise<EmbedSession> {
  const session = await deps.embed.sessions.read(bearerOf(request as Request) ?? "", "embed");
  await readForSession(deps.embed, session, id);
  return session;
}

/** The engagement with its conversation, as the page shows it. */
export async function readLive(
  deps: PublicAppDeps,
  session: EmbedSession,
  id: string,
): Promise<Engagement & { readonly conversation?: Conversation }> {
  const engagement = await readForSession(deps.embed, session, id);
  const row = await findEngagement(deps.embed.db, id);
  const conversation = row ? await readConversation(deps.conversations, row) : null;
  return conversation === null ? engagement : { ...engagement, conversation };
}
