// The contact's side of a chat: opens it by its link, and takes in what they write. Whoever has the link is the contact.
import type { ChatState, ChatWrite } from "../../shared/chat.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { readLinkToken } from "../base/link-token.ts";
import { findSuppression } from "../contact/suppression.store.ts";
import { type ConversationRow, findConversation } from "../engagements/conversation.store.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import type { ConversationDeps, ConversationRoomDeps } from "./conversation-deps.ts";
import { brokerageName } from "./say-wishes.ts";
import { takeInbound } from "./take-inbound.ts";

type ChatRoomDeps = Pick<ConversationRoomDeps, keyof ConversationDeps | "links">;

export const CHAT_LINK = "chat";

export interface OpenedChat {
  readonly row: EngagementRow;
  readonly state: ChatState;
  /** When the link will lead nowhere unless something is said before, epoch ms. */
  readonly expiresAt: number;
}

/** @throws GatewayError not_found for a link that was never given out, link_expired. */
export async function openChat(deps: ChatRoomDeps, token: string): Promise<OpenedChat> {
  const id = readLinkToken(deps.links, CHAT_LINK, token);
  const row = id === undefined ? undefined : await findEngagement(deps.db, id);
  const tenant = row && deps.settings.tenant(row.tenant);
  if (!row || !tenant || row.provider !== "chat") throw new GatewayError("not_found");
  const conversation = await findConversation(deps.db, row.id);
  const expiresAt = expiry(row, conversation, tenant.chat_link_hours);
  if (deps.clock.now() > expiresAt) throw new GatewayError("link_expired");
  const closed = await whyClosed(deps, row, conversation);
  const agent = tenant.users.find(({ id: userId }) => userId === row.user_id)?.name;
  return {
    row,
    expiresAt,
    state: {
      brokerage: brokerageName(tenant),
      agent: agent || brokerageName(tenant),
      messages: await messagesOf(deps, row),
      open: closed === null,
      closed,
    },
  };
}

/** Every word from the agent keeps the door open that long again. */
function expiry(row: EngagementRow, conversation: ConversationRow | undefined, hours: number): number {
  const last = Math.max(
    row.started_at ?? row.created_at,
    conversation?.last_outbound_at ?? 0,
    conversation?.last_inbound_at ?? 0,
  );
  return last + hours * 3_600_000;
}

async function whyClosed(
  deps: ChatRoomDeps,
  row: EngagementRow,
  conversation: ConversationRow | undefined,
): Promise<string | null> {
  if (row.status === "canceled") return "This chat was closed.";
  const { tenant, contact, person_id, crm_account_id } = row;
  const blocked = await findSuppression(deps.db, {
    tenant,
    contact: contact ?? "",
    personId: person_id,
    crmAccountId: crm_account_id,
    channel: "chat",
  });
  if (blocked) return "You asked not to be contacted any more, so this chat is closed.";
  return conversation?.answers === "nobody" ? "This chat has ended." : null;
}

async function messagesOf(deps: ChatRoomDeps, row: EngagementRow): Promise<ChatState["messages"]> {
  const rows = await deps.db
    .selectFrom("messages")
    .select(["at", "direction", "text", "author"])
    .where("engagement_id", "=", row.id)
    .orderBy("position")
    .execute();
  return rows.map(({ at, direction, text, author }) => ({
    at: isoTime(at),
    direction,
    text,
    automated: author === "automated" || author === "system",
  }));
}

/** @throws GatewayError as openChat, wrong_state once it is closed. */
export async function writeInChat(deps: ChatRoomDeps, token: string, write: ChatWrite): Promise<ChatState> {
  const { row, state } = await openChat(deps, token);
  if (!state.open)
    throw new GatewayError("wrong_state", { sentence: state.closed ?? "This chat has ended." });
  await takeInbound(deps, {
    tenant: row.tenant,
    provider: "chat",
    channel: "chat",
    key: `${row.id}/${write.click_id}`,
    contact: row.contact ?? "",
    sender: null,
    text: write.text,
    at: deps.clock.now(),
    engagementId: row.id,
  });
  return (await openChat(deps, token)).state;
}
