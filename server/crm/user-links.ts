// Which agent a CRM user was recognised as, remembered: an agent is still known when their phone is gone from the
// profile, and another program's start for them can be attributed.
import type { Clock } from "../base/clock.ts";
import type { Db } from "../db/schema.ts";

export interface CrmUserKey {
  readonly tenant: string;
  readonly accountId: string;
  readonly crmUserId: string;
}

/** The agent this CRM user was recognised as before. */
export async function linkedUser(db: Db, key: CrmUserKey): Promise<string | null> {
  const link = await db
    .selectFrom("user_links")
    .select("user_id")
    .where("tenant", "=", key.tenant)
    .where("account_id", "=", key.accountId)
    .where("crm_user_id", "=", key.crmUserId)
    .executeTakeFirst();
  return link?.user_id ?? null;
}

/** The CRM user an agent was last recognised as in an account. */
export async function linkedCrmUser(
  db: Db,
  key: { tenant: string; accountId: string; userId: string },
): Promise<string | null> {
  const link = await db
    .selectFrom("user_links")
    .select("crm_user_id")
    .where("tenant", "=", key.tenant)
    .where("account_id", "=", key.accountId)
    .where("user_id", "=", key.userId)
    .orderBy("learned_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return link?.crm_user_id ?? null;
}

/** Only a match by phone is worth remembering: the other rules lean on what is remembered or on less. */
export async function rememberLink(
  deps: { readonly db: Db; readonly clock: Clock },
  key: CrmUserKey,
  userId: string,
  rule: string,
): Promise<void> {
  if (rule !== "phone" || (await linkedUser(deps.db, key)) === userId) return;
  const values = { user_id: userId, rule, learned_at: deps.clock.now() };
  await deps.db
    .insertInto("user_links")
    .values({ tenant: key.tenant, account_id: key.accountId, crm_user_id: key.crmUserId, ...values })
    .onConflict((conflict) => conflict.columns(["tenant", "account_id", "crm_user_id"]).doUpdateSet(values))
    .execute();
}

export interface UserLink {
  readonly userId: string;
  readonly crmUserId: string;
  /** By what they were recognised. */
  readonly rule: string;
}

/** What was learned about all users of an account at once; what was known of it before goes. */
export async function replaceLinks(
  deps: { readonly db: Db; readonly clock: Clock },
  { tenant, accountId }: { readonly tenant: string; readonly accountId: string },
  links: readonly UserLink[],
): Promise<void> {
  const learnedAt = deps.clock.now();
  const rows = links.map(({ userId, crmUserId, rule }) => ({
    tenant,
    account_id: accountId,
    crm_user_id: crmUserId,
    user_id: userId,
    rule,
    learned_at: learnedAt,
  }));
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom("user_links")
      .where("tenant", "=", tenant)
      .where("account_id", "=", accountId)
      .execute();
    if (rows.length > 0) await trx.insertInto("user_links").values(rows).execute();
  });
}
