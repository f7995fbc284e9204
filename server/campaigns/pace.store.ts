// When a channel's campaigns were last served, for its pace per minute.
import type { Trx } from "../db/schema.ts";
import type { PaceScope } from "../engagements/tell-campaign.ts";

const accountKey = (scope: PaceScope): string => scope.crm_account_id ?? "";

/** Epoch ms; null before the first. */
export async function lastRelease(trx: Trx, scope: PaceScope, channel: string): Promise<number | null> {
  const row = await trx
    .selectFrom("channel_pace")
    .select("last_release_at")
    .where("tenant", "=", scope.tenant)
    .where("account", "=", accountKey(scope))
    .where("channel", "=", channel)
    .executeTakeFirst();
  return row?.last_release_at ?? null;
}

export async function rememberRelease(
  trx: Trx,
  scope: PaceScope,
  channel: string,
  at: number,
): Promise<void> {
  await trx
    .insertInto("channel_pace")
    .values({ tenant: scope.tenant, account: accountKey(scope), channel, last_release_at: at })
    .onConflict((conflict) =>
      conflict.columns(["tenant", "account", "channel"]).doUpdateSet({ last_release_at: at }),
    )
    .execute();
}
