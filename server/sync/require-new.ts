// Another program named somebody by an id the CRM does not know, and nobody there has the number or address. Mostly the id
// is wrong and they are new; but they may have been added a moment ago, or deleted on purpose.
import { GatewayError, retryAfter } from "../base/errors.ts";
import { crmName } from "../crm/crm-name.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { certainPerson } from "../engagements/find-behind.ts";
import type { SyncDeps } from "./sync-deps.ts";

/** A program that adds somebody and starts at once is quicker than the CRM shows them (FUB reference, common issues). */
const JUST_ADDED_MS = 10_000;

/**
 * Whoever was in the CRM in an earlier outreach and is gone was deleted there: they are not added again behind its back.
 * @throws GatewayError crm_not_found: for good then, or to be tried again while they may still appear.
 */
export async function requireNew(deps: SyncDeps, row: EngagementRow): Promise<void> {
  if (row.person_id === null || certainPerson(row) !== null) return;
  const crm = crmName(deps.settings.tenant(row.tenant));
  if (await wasThere(deps, row)) {
    throw new GatewayError("crm_not_found", {
      sentence: `The person ${row.person_id} was deleted in ${crm}, and nobody there has this number or address, so they were not added again. Add them in ${crm}, then try the record again.`,
    });
  }
  const left = row.created_at + JUST_ADDED_MS - deps.clock.now();
  if (left <= 0) return;
  throw new GatewayError("crm_not_found", {
    sentence: `The person ${row.person_id} is not in ${crm} yet.`,
    retry: retryAfter(left),
  });
}

async function wasThere({ db }: SyncDeps, row: EngagementRow): Promise<boolean> {
  const earlier = await db
    .selectFrom("engagements")
    .select("id")
    .where("tenant", "=", row.tenant)
    .where("crm_account_id", row.crm_account_id === null ? "is" : "=", row.crm_account_id)
    .where("person_id", "=", row.person_id)
    .where("person_claimed", "is", null)
    .where("id", "!=", row.id)
    .limit(1)
    .executeTakeFirst();
  return earlier !== undefined;
}
