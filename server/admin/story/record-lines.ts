// Records that are not in Follow Up Boss yet, and why. Written ones are in the history, given-up ones in the journal.
import type { StoryLine } from "../../../shared/console/story.schema.ts";
import type { Db } from "../../db/schema.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import { CRM, exchange, storyLine } from "./story-line.ts";

export async function recordLines(db: Db, row: EngagementRow): Promise<StoryLine[]> {
  const waiting = await db
    .selectFrom("activities")
    .selectAll()
    .where("engagement_id", "=", row.id)
    .where("state", "in", ["waiting", "writing"])
    .orderBy("created_at")
    .execute();
  return waiting.map((one) =>
    storyLine({
      id: `record/${one.id}`,
      at: one.updated_at,
      kind: "record",
      severity: one.last_error === null ? "info" : "warn",
      sentence: `The ${one.kind} waits to be ${one.crm_id === null ? "written" : "updated"} in Follow Up Boss`,
      detail: one.last_error,
      engagement_id: row.id,
      exchange: exchange({
        partner: CRM,
        request: one.crm_id === null ? `POST /${one.kind}s` : `PUT /${one.kind}s/${one.crm_id}`,
        answer: one.last_error,
        reference: one.crm_id,
        fields: { state: one.state },
      }),
    }),
  );
}
