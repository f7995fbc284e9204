// What was read of the profiles of Follow Up Boss users is kept, as an app does when somebody opens it.
import type { CrmUser } from "../crm/crm.ts";
import type { AdminDeps } from "./admin-deps.ts";

export async function keepProfiles(
  { db, clock }: Pick<AdminDeps, "db" | "clock">,
  where: { readonly tenant: string; readonly accountId: string },
  users: readonly CrmUser[],
): Promise<void> {
  const fetched_at = clock.now();
  await db.transaction().execute(async (trx) => {
    for (const { id, name, email, phone } of users) {
      const values = { name, email, phone, fetched_at };
      await trx
        .insertInto("crm_users")
        .values({ tenant: where.tenant, account_id: where.accountId, crm_user_id: id, ...values })
        .onConflict((conflict) =>
          conflict.columns(["tenant", "account_id", "crm_user_id"]).doUpdateSet(values),
        )
        .execute();
    }
  });
}
