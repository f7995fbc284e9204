// The campaigns' tables: statements only; what they mean is decided in the files beside it.
import type { Selectable } from "kysely";
import type { CampaignMemberTable, CampaignTable } from "../db/campaign-tables.ts";
import type { DbOrTrx } from "../db/schema.ts";
import type { PaceScope } from "../engagements/tell-campaign.ts";

export type CampaignRow = Selectable<CampaignTable>;
export type MemberRow = Selectable<CampaignMemberTable>;

export async function findCampaign(db: DbOrTrx, id: string): Promise<CampaignRow | undefined> {
  return db.selectFrom("campaigns").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function findByKey(db: DbOrTrx, key: string): Promise<CampaignRow | undefined> {
  return db.selectFrom("campaigns").selectAll().where("campaign_key", "=", key).executeTakeFirst();
}

export async function updateCampaign(
  db: DbOrTrx,
  id: string,
  change: Partial<Omit<CampaignRow, "id">>,
  now: number,
): Promise<void> {
  await db
    .updateTable("campaigns")
    .set({ ...change, updated_at: now })
    .where("id", "=", id)
    .execute();
}

/**
 * Started ones of a scope with something left to do or going on, the least recently served first. Stopped ones still
 * count with what they have going on.
 */
export async function openCampaigns(db: DbOrTrx, scope: PaceScope): Promise<CampaignRow[]> {
  return db
    .selectFrom("campaigns")
    .selectAll()
    .where("tenant", "=", scope.tenant)
    .where("crm_account_id", scope.crm_account_id === null ? "is" : "=", scope.crm_account_id)
    .where("started_at", "is not", null)
    .where("stage", "!=", "over")
    .orderBy("last_release_at")
    .orderBy("created_at")
    .execute();
}

export type CountKind = "skipped" | "outcome" | "refused";

/** Adds `n` (which may be negative) to a count. */
export async function addCount(
  db: DbOrTrx,
  campaignId: string,
  kind: CountKind,
  name: string,
  n: number,
): Promise<void> {
  await db
    .insertInto("campaign_counts")
    .values({ campaign_id: campaignId, kind, name, n })
    .onConflict((conflict) =>
      conflict
        .columns(["campaign_id", "kind", "name"])
        .doUpdateSet((set) => ({ n: set("campaign_counts.n", "+", n) })),
    )
    .execute();
}

export async function readCounts(
  db: DbOrTrx,
  campaignId: string,
): Promise<Readonly<Record<CountKind, Record<string, number>>>> {
  const rows = await db
    .selectFrom("campaign_counts")
    .select(["kind", "name", "n"])
    .where("campaign_id", "=", campaignId)
    .where("n", ">", 0)
    .orderBy("n", "desc")
    .execute();
  const counts = { skipped: {}, outcome: {}, refused: {} } as Record<CountKind, Record<string, number>>;
  for (const { kind, name, n } of rows) counts[kind as CountKind][name] = n;
  return counts;
}

/** Came to nothing before anybody was in line: the same click may try anew. */
export const isSpent = ({ status, queued }: Pick<CampaignRow, "status" | "queued">): boolean =>
  queued === 0 && (status === "failed" || status === "canceled");

/** People move on: after so long a review is made again rather than run. */
const REVIEW_LASTS_MS = 60 * 60_000;

/** A review nobody started in time. */
export const isOutdated = (row: Pick<CampaignRow, "status" | "checked_at">, now: number): boolean =>
  row.status === "checked" && now - (row.checked_at ?? 0) > REVIEW_LASTS_MS;

/** May somebody be put in line or reached for it? */
export const isGoingOn = ({ status }: Pick<CampaignRow, "status">): boolean =>
  status === "queueing" || status === "running";
