// The webhook that led to an outreach.
import type { StoryLine } from "../../../shared/console/story.schema.ts";
import type { Db } from "../../db/schema.ts";
import type { EngagementRow } from "../../engagements/engagement.store.ts";
import { CRM, exchange, storyLine } from "./story-line.ts";

export async function deliveryLines(db: Db, row: EngagementRow): Promise<StoryLine[]> {
  if (row.delivery_id === null) return [];
  const delivery = await db
    .selectFrom("deliveries")
    .selectAll()
    .where("id", "=", row.delivery_id)
    .executeTakeFirst();
  if (!delivery) return [];
  const told =
    delivery.recovered === 1 ? "was found though its webhook never came" : "was told by Follow Up Boss";
  const event =
    delivery.event === "peopleTagsCreated" ? "A start tag was added to this person: it" : delivery.event;
  return [
    storyLine({
      id: `delivery/${delivery.id}`,
      at: delivery.received_at,
      kind: "webhook",
      sentence: `${event} ${told}`,
      detail: delivery.result,
      engagement_id: row.id,
      exchange: exchange({
        partner: CRM,
        request: `POST /integration/followupboss/webhook/${delivery.tenant}`,
        answer: delivery.recovered === 1 ? "found by the gateway itself" : "200",
        reference: delivery.event_id,
        fields: { event: delivery.event, signature: delivery.signature, state: delivery.state },
      }),
    }),
  ];
}
