// Ids of calls or messages at Twilio that other outreaches already know to be theirs. Asked when a lost one is looked for.
import { z } from "zod";
import type { Db } from "../../db/schema.ts";

const withSid = z.object({ sid: z.string() });

/** `kind` of the stored words that carry the ids; those told since `since` (epoch ms). */
export async function findKnownSids(
  db: Db,
  engagementId: string,
  kind: "call.leg" | "message.sent",
  since: number,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("carrier_events")
    .select("data")
    .where("kind", "=", kind)
    .where("at", ">=", since)
    .where("engagement_id", "!=", engagementId)
    .execute();
  return new Set(
    rows.flatMap(({ data }) => {
      const read = withSid.safeParse(JSON.parse(data));
      return read.success ? [read.data.sid] : [];
    }),
  );
}
