// The conversations of a brokerage, or of all, for the console: those in which somebody waits for a person first, then the newest.
import type { ConversationList } from "../../shared/console/channels.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { agentName } from "./agent-name.ts";

const MOST = 200;

export async function listConversations(
  deps: Pick<AdminDeps, "db" | "settings">,
  slug?: string,
): Promise<ConversationList> {
  if (slug !== undefined && !deps.settings.tenant(slug)) throw new GatewayError("tenant_not_found");
  const rows = await deps.db
    .selectFrom("conversations as talk")
    .innerJoin("engagements as row", "row.id", "talk.engagement_id")
    .select([
      "talk.engagement_id",
      "talk.tenant",
      "talk.answers",
      "talk.needs_agent",
      "talk.updated_at",
      "row.channel",
      "row.contact",
      "row.person_name",
      "row.user_id",
      (select) =>
        select
          .selectFrom("messages")
          .select("text")
          .whereRef("messages.engagement_id", "=", "talk.engagement_id")
          .orderBy("position", "desc")
          .limit(1)
          .as("last_text"),
    ])
    .$if(slug !== undefined, (all) => all.where("talk.tenant", "=", slug ?? ""))
    .orderBy((by) => by.case().when("talk.needs_agent", "is not", null).then(0).else(1).end())
    .orderBy("talk.updated_at", "desc")
    .limit(MOST)
    .execute();
  return {
    conversations: rows.map(({ updated_at, user_id, channel, ...row }) => ({
      ...row,
      channel: channel as Channel,
      by: agentName(deps, row.tenant, user_id),
      last_at: isoTime(updated_at),
    })),
  };
}
