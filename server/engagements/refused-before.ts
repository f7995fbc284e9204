// A start that was refused, asked for once more: the same refusal, with the words and the time it was given then.
import { z } from "zod";
import type { RefusalReason } from "../../shared/values.ts";
import type { DbOrTrx } from "../db/schema.ts";

export interface RefusedStart {
  readonly kind: "refused";
  readonly engagementId: string;
  readonly rule: RefusalReason;
  /** Why, for the person who asked; the rule's own sentence when left out. */
  readonly sentence?: string;
  /** When it would be allowed, epoch ms, where that is known. */
  readonly until?: number;
}

/** Of what the ledger noted (ContactDetail). */
const notedSchema = z.object({ until: z.iso.datetime().optional() });

export async function refusedBefore(
  db: DbOrTrx,
  engagementId: string,
  rule: RefusalReason,
): Promise<RefusedStart> {
  const told = await db
    .selectFrom("engagement_events")
    .select("detail")
    .where("engagement_id", "=", engagementId)
    .where("event", "=", "refused")
    .executeTakeFirst();
  const noted = await db
    .selectFrom("contact_ledger")
    .select("detail")
    .where("engagement_id", "=", engagementId)
    .where("stage", "=", "queue")
    .executeTakeFirst();
  const { until } = notedSchema.parse(JSON.parse(noted?.detail ?? "{}"));
  return {
    kind: "refused",
    engagementId,
    rule,
    ...(told && { sentence: told.detail }),
    ...(until !== undefined && { until: Date.parse(until) }),
  };
}
