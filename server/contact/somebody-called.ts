// Whether an outreach came as far as its contact: a call that ended because the agent did not answer their own phone is no
// attempt to reach anybody (facts: telephony 1.1). For queries of the engagements' table that count contacts.
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import { NOBODY_CALLED } from "../../shared/nobody-called.ts";
import type { Database } from "../db/schema.ts";

/** Read off the outreach's story, so that it holds for calls made before it was asked. */
export const somebodyCalled = (where: ExpressionBuilder<Database, "engagements">): Expression<SqlBool> =>
  where.not(
    where.exists(
      where
        .selectFrom("engagement_events")
        .select("engagement_events.id")
        .whereRef("engagement_events.engagement_id", "=", "engagements.id")
        .where("engagement_events.event", "in", NOBODY_CALLED),
    ),
  );
