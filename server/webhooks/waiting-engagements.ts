// Outreaches to certain people of one account that no provider has been asked to start yet.
import type { Db } from "../db/schema.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import type { HandledBy } from "./delivery-owner.ts";

export const NOTHING_WAITED = "Nothing was waiting for these people.";

/** SQLite's limit on values in a statement is far above; this keeps statements small. */
const IDS_AT_ONCE = 200;

export async function waitingFor(
  db: Db,
  by: Pick<HandledBy, "tenant" | "accountId">,
  personIds: readonly string[],
): Promise<EngagementRow[]> {
  const found: EngagementRow[] = [];
  for (let from = 0; from < personIds.length; from += IDS_AT_ONCE) {
    const rows = await db
      .selectFrom("engagements")
      .selectAll()
      .where("tenant", "=", by.tenant.domain_name)
      .where("crm_account_id", "=", by.accountId)
      .where("person_id", "in", personIds.slice(from, from + IDS_AT_ONCE))
      .where("status", "in", ["accepted", "queued", "paused"])
      .where("launch_state", "=", "none")
      .execute();
    found.push(...rows);
  }
  return found;
}
