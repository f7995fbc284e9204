// The conversation: each row of the transcript is a line, with who said it.
import type { StoryLine } from "../../../shared/console/story.schema.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import { sayAuthor } from "../../engagements/say-author.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { whoOf } from "../say-outreach.ts";
import { storyLine } from "./story-line.ts";

const LONGEST = 160;

export async function messageLines(
  deps: Pick<AdminDeps, "db" | "settings">,
  row: EngagementRow,
): Promise<StoryLine[]> {
  const messages = await deps.db
    .selectFrom("messages")
    .selectAll()
    .where("engagement_id", "=", row.id)
    .orderBy("position")
    .execute();
  const agents = deps.settings.tenant(row.tenant)?.users ?? [];
  return messages.map(({ id, at, direction, text, author }) => {
    const who = direction === "inbound" ? whoOf(row) : (sayAuthor(author, agents) ?? "The assistant");
    const short = text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text;
    return storyLine({
      id: `message/${id}`,
      at,
      kind: direction === "inbound" ? "message_in" : "message_out",
      sentence: `${who}: “${short}”`,
      detail: short === text ? null : text,
      engagement_id: row.id,
    });
  });
}
