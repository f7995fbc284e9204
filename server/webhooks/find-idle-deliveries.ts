// Most of what Follow Up Boss tells is a change of people nobody waits to reach. Found out in the transaction that stores
// it, such a delivery is done at once: no job, and no further wait for the disk.
import type { Trx } from "../db/schema.ts";
import { BY_TAG } from "./tag-blocks.ts";

export interface MaybeIdle {
  readonly tenant: string;
  /** The people it is about, where it only matters to outreach that waits for them. */
  readonly onlyFor?: readonly string[];
}

/** A statement stays small; larger batches go the ordinary way. */
const MOST_IDS = 2_000;

/** Those of the batch that matter to nobody now. */
export async function findIdleDeliveries<D extends MaybeIdle>(
  trx: Trx,
  batch: readonly D[],
): Promise<ReadonlySet<D>> {
  const idle = new Set<D>();
  const asked = batch.filter(({ onlyFor }) => onlyFor !== undefined);
  for (const [tenant, own] of Map.groupBy(asked, (one) => one.tenant)) {
    const ids = [...new Set(own.flatMap(({ onlyFor }) => onlyFor ?? []))];
    if (ids.length > MOST_IDS) continue;
    const waited = ids.length === 0 ? new Set() : await waitedFor(trx, tenant, ids);
    for (const id of ids.length === 0 ? [] : await blockedAmong(trx, tenant, ids)) waited.add(id);
    for (const one of own) if (!one.onlyFor?.some((id) => waited.has(id))) idle.add(one);
  }
  return idle;
}

// A change may be that the tag which blocks them went.
async function blockedAmong(trx: Trx, tenant: string, ids: readonly string[]): Promise<(string | null)[]> {
  const rows = await trx
    .selectFrom("suppressions")
    .select("person_id")
    .where("tenant", "=", tenant)
    .where("crm_account_id", "in", (known) => known.selectFrom("crm_identities").select("account_id"))
    .where("person_id", "in", [...ids])
    .where("source", "=", BY_TAG)
    .where("ended_at", "is", null)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

// Whichever account they are of: the job that follows looks closer.
async function waitedFor(trx: Trx, tenant: string, ids: readonly string[]): Promise<Set<string | null>> {
  const rows = await trx
    .selectFrom("engagements")
    .select("person_id")
    .where("tenant", "=", tenant)
    // Named for the index, which begins with tenant and account.
    .where("crm_account_id", "in", (known) => known.selectFrom("crm_identities").select("account_id"))
    .where("person_id", "in", [...ids])
    .where("status", "in", ["accepted", "queued", "paused"])
    .where("launch_state", "=", "none")
    .execute();
  return new Set(rows.map(({ person_id }) => person_id));
}
