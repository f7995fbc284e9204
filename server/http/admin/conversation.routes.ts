// Conversations at the console: which there are, what is said in one, somebody at this computer who writes or takes over.
import { type Request, Router } from "express";
import { z } from "zod";
import { converseSchema, replySchema } from "../../../shared/conversation.schema.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { listConversations } from "../../admin/list-conversations.ts";
import { GatewayError } from "../../base/errors.ts";
import { parseOrThrow } from "../../base/parse.ts";
import type { ConversationRoomDeps } from "../../conversations/conversation-deps.ts";
import { readConversation } from "../../conversations/read-conversation.ts";
import { replyToContact } from "../../conversations/reply-to-contact.ts";
import { takeOver } from "../../conversations/take-over.ts";
import { findEngagement } from "../../engagements/engagement.store.ts";
import { bodyOf, readJson } from "../read-body.ts";

export interface ConversationRouteDeps {
  readonly admin: AdminDeps;
  readonly conversations: ConversationRoomDeps;
}

/** Without a brokerage: those of all. */
const tenantSchema = z.object({ tenant: z.string().optional() });
/** The console has no accounts: whoever sits at this computer. */
const SOMEBODY = "Somebody at the console";
type Named = Request<{ id: string }>;

export function conversationRoutes({ admin, conversations }: ConversationRouteDeps): Router {
  const router = Router();
  router.get("/conversations", async (request, response) => {
    response.json(await listConversations(admin, parseOrThrow(tenantSchema, request.query).tenant));
  });
  router.get("/engagements/:id/conversation", async (request: Named, response) => {
    response.json(await readOne(conversations, request));
  });
  router.post("/engagements/:id/conversation", ...readJson("4kb"), async (request: Named, response) => {
    const { answers } = parseOrThrow(converseSchema, bodyOf(request));
    await takeOver(conversations, { engagementId: request.params.id, answers, by: SOMEBODY });
    response.json(await readOne(conversations, request));
  });
  router.post("/engagements/:id/messages", ...readJson("32kb"), async (request: Named, response) => {
    const { text, click_id } = parseOrThrow(replySchema, bodyOf(request));
    const reply = { engagementId: request.params.id, text, author: "agent", clickId: click_id };
    const message_id = await replyToContact(conversations, reply);
    response.status(202).json({ message_id, status: "accepted" });
  });
  return router;
}

async function readOne(deps: ConversationRoomDeps, request: Named) {
  const row = await findEngagement(deps.db, request.params.id);
  if (!row) throw new GatewayError("engagement_not_found");
  return readConversation(deps, row);
}
