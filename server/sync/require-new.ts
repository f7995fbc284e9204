// Another program named somebody by an id the CRM does not know, and nobody there has the number or address. Mostly the id
// is wrong and they are new; but they may have been added a moment ago, deleted on purpose, or be hidden from the agent.
import { GatewayError, retryAfter } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import { crmName } from "../crm/crm-name.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { certainPerson } from "../engagements/find-behind.ts";
import type { SyncDeps } from "./sync-deps.ts";

/** A program that adds somebody and starts at once is quicker than the CRM shows them (FUB reference, common issues). */
const JUST_ADDED_MS = 10_000;

/**
 * Whoever was in the CRM in an earlier outreach and is gone was deleted there: they are not added again behind its back. Nor
 * is somebody the agent may not see, but the brokerage may.
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
  if (await isHidden(deps, row)) {
    throw new GatewayError("crm_not_found", {
      sentence: `${crm} could not find the person ${row.person_id} with the agent's own key: they may not see them. Let them see the person in ${crm}, then try the record again.`,
    });
  }
  const left = row.created_at + JUST_ADDED_MS - deps.clock.now();
  if (left <= 0) return;
  throw new GatewayError("crm_not_found", {
    sentence: `The person ${row.person_id} is not in ${crm} yet.`,
    retry: retryAfter(left),
  });
}

async function isHidden({ settings, identities, crm }: SyncDeps, row: EngagementRow): Promise<boolean> {
  const brokerage = row.acts_with === "tenant" ? undefined : chooseAccess(settings, row.tenant, "tenant");
  const agent = chooseAccess(settings, row.tenant, row.acts_with);
  if (!brokerage || !agent || row.person_id === null) return false;
  const [theirs, own] = await Promise.all(
    [brokerage, agent].map((access) => identities.learn(access, { priority: "sync" })),
  );
  // An id of another account is somebody else's.
  if (theirs?.accountId !== own?.accountId) return false;
  return (await crm.person(row.person_id, { access: brokerage, priority: "sync" })) !== null;
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
