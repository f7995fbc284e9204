// The conversation: each row of the transcript is a line.
import type { StoryLine } from "../../../shared/console/story.schema.ts";
import type { Db } from "../../db/schema.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import { whoOf } from "../say-outreach.ts";
import { storyLine } from "./story-line.ts";

const LONGEST = 160;

export async function messageLines(db: Db, row: EngagementRow): Promise<StoryLine[]> {
  const messages = await db
    .selectFrom("messages")
    .selectAll()
    .where("engagement_id", "=", row.id)
    .orderBy("position")
    .execute();
  return messages.map(({ id, at, direction, text }) => {
    const who = direction === "inbound" ? whoOf(row) : "The assistant";
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
