// Why an outreach that was accepted has not left yet: all outreach is paused, its campaign has not come to it, or its
// time has not come.
import type { StoryLine } from "../../../shared/console/story.schema.ts";
import type { Db } from "../../db/schema.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import { readPause } from "../../queue/outreach-pause.ts";
import { storyLine } from "./story-line.ts";

export async function waitingLines(db: Db, row: EngagementRow, now: number): Promise<StoryLine[]> {
  if (row.launch_state !== "none" || !["accepted", "queued"].includes(row.status)) return [];
  // It is so at this moment, so it stands last.
  const line = (sentence: string): StoryLine[] => [
    storyLine({
      id: `waits/${row.id}`,
      at: now,
      kind: "control",
      sentence,
      engagement_id: row.id,
    }),
  ];
  const pause = await readPause(db);
  if (pause) return line(`It waits: outreach is paused by ${pause.by}`);
  if (row.campaign_state === "held") return line("It waits for its turn in the campaign");
  if (row.scheduled_at !== null && row.scheduled_at > now)
    return line("It waits for the time it was asked for");
  return [];
}
