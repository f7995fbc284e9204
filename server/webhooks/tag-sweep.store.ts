// What catch-up remembers: until when a tag was looked after, and who carried it. Statements only.
import type { Db, DbOrTrx } from "../db/schema.ts";

export interface SweepScope {
  readonly tenant: string;
  readonly account: string;
  readonly tag: string;
}

const AT_ONCE = 500;

/** Epoch ms; null when the tag was never looked after. */
export async function lastSweep(db: Db, scope: SweepScope): Promise<number | null> {
  const row = await db
    .selectFrom("tag_sweeps")
    .select("swept_at")
    .where("tenant", "=", scope.tenant)
    .where("account", "=", scope.account)
    .where("tag", "=", scope.tag)
    .executeTakeFirst();
  return row?.swept_at ?? null;
}

/** Those of them who were seen to carry the tag before, and when last. */
export async function carriersAmong(
  db: Db,
  scope: SweepScope,
  people: readonly string[],
): Promise<Map<string, number>> {
  const known = new Map<string, number>();
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const rows = await db
      .selectFrom("tag_carriers")
      .select(["person_id", "seen_at"])
      .where("tenant", "=", scope.tenant)
      .where("account", "=", scope.account)
      .where("tag", "=", scope.tag)
      .where("person_id", "in", people.slice(from, from + AT_ONCE))
      .execute();
    for (const { person_id, seen_at } of rows) known.set(person_id, seen_at);
  }
  return known;
}

/** Those of them for whom a tag has started (or was refused) something since. */
export async function startedSince(
  db: Db,
  scope: SweepScope & { readonly accountId: string },
  people: readonly string[],
  since: number,
): Promise<Set<string>> {
  const started = new Set<string>();
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const rows = await db
      .selectFrom("engagements")
      .select("person_id")
      .where("tenant", "=", scope.tenant)
      .where("person_id", "in", people.slice(from, from + AT_ONCE))
      .where("source", "=", "tag")
      .where("created_at", ">=", since)
      .where("crm_account_id", "=", scope.accountId)
      .execute();
    for (const { person_id } of rows) if (person_id !== null) started.add(person_id);
  }
  return started;
}

/** They carry it no more. */
export async function forgetCarriers(db: Db, scope: SweepScope, people: readonly string[]): Promise<void> {
  for (let from = 0; from < people.length; from += AT_ONCE)
    await db
      .deleteFrom("tag_carriers")
      .where("tenant", "=", scope.tenant)
      .where("account", "=", scope.account)
      .where("tag", "=", scope.tag)
      .where("person_id", "in", people.slice(from, from + AT_ONCE))
      .execute();
}

/** These carry the tag, and everything up to `at` was looked after. */
export async function rememberSweep(
  db: DbOrTrx,
  scope: SweepScope,
  people: readonly string[],
  at: number,
): Promise<void> {
  const { tenant, account, tag } = scope;
  for (let from = 0; from < people.length; from += AT_ONCE) {
    await db
      .insertInto("tag_carriers")
      .values(
        people
          .slice(from, from + AT_ONCE)
          .map((person_id) => ({ tenant, account, tag, person_id, seen_at: at })),
      )
      .onConflict((conflict) =>
        conflict.columns(["tenant", "account", "tag", "person_id"]).doUpdateSet({ seen_at: at }),
      )
      .execute();
  }
  await db
    .insertInto("tag_sweeps")
    .values({ tenant, account, tag, swept_at: at })
    .onConflict((conflict) => conflict.columns(["tenant", "account", "tag"]).doUpdateSet({ swept_at: at }))
    .execute();
}
