// Who is on a campaign and what became of them: pages in the list's order, the newest results, and the whole as CSV.
import type { SelectQueryBuilder } from "kysely";
import type { CampaignPerson, PeoplePage, PeopleQuery } from "../../shared/campaign.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { Database, Db } from "../db/schema.ts";
import type { MemberRow } from "./campaign.store.ts";

export async function readPeople(db: Db, campaignId: string, query: PeopleQuery): Promise<PeoplePage> {
  let select = membersOf(db, campaignId).where("position", ">", query.after);
  if (query.reason !== undefined) select = select.where("reason", "=", query.reason);
  if (query.outcome !== undefined) select = select.where("outcome", "=", query.outcome);
  if (query.state !== undefined) select = whereState(select, query.state);
  const rows = await inOrder(select, query.order)
    .limit(query.limit + 1)
    .execute();
  const people = rows.slice(0, query.limit);
  return {
    people: await describePeople(db, people),
    next: rows.length > query.limit && query.order === "list" ? (people.at(-1)?.position ?? null) : null,
  };
}

const inOrder = (select: Members, order: PeopleQuery["order"]): Members =>
  order === "latest"
    ? select.orderBy("done_at", "desc").orderBy("position", "desc")
    : select.orderBy("position");

/** The results that came last, oldest of them first. */
export async function newestResults(db: Db, campaignId: string, most: number): Promise<CampaignPerson[]> {
  const rows = await membersOf(db, campaignId)
    .where("done_at", "is not", null)
    .orderBy("done_at", "desc")
    .orderBy("position", "desc")
    .limit(most)
    .execute();
  return (await describePeople(db, rows)).toReversed();
}

const membersOf = (db: Db, campaignId: string) =>
  db.selectFrom("campaign_members").selectAll().where("campaign_id", "=", campaignId);

type Members = SelectQueryBuilder<Database, "campaign_members", MemberRow>;

// "active" is the engagement's to know: a member waits until its result is there.
function whereState(select: Members, state: NonNullable<PeopleQuery["state"]>): Members {
  if (state === "reached") return select.where("state", "!=", "skipped");
  if (state === "waiting") return select.where("state", "in", ["checked", "waiting"]).where(isOut(false));
  if (state === "active") return select.where("state", "=", "waiting").where(isOut(true));
  return select.where("state", "=", state);
}

const isOut = (out: boolean) => (where: import("kysely").ExpressionBuilder<Database, "campaign_members">) => {
  const released = where.exists(
    where
      .selectFrom("engagements")
      .select("engagements.id")
      .whereRef("engagements.id", "=", "campaign_members.engagement_id")
      .where("engagements.campaign_state", "in", ["released", "ended"]),
  );
  return out ? released : where.not(released);
};

async function describePeople(db: Db, rows: readonly MemberRow[]): Promise<CampaignPerson[]> {
  const out = await releasedOf(db, rows);
  return rows.map((row) => ({
    position: row.position,
    person_id: row.person_id,
    name: row.person_name,
    contact: row.contact,
    state: stateOf(row, out),
    reason: row.reason,
    outcome: row.outcome,
    attempts: row.attempts,
    engagement_id: row.engagement_id,
    at: timeOf(row),
  }));
}

function stateOf(row: MemberRow, out: ReadonlySet<string>): CampaignPerson["state"] {
  if (row.state === "waiting" && out.has(row.engagement_id ?? "")) return "active";
  if (row.state === "checked") return "waiting";
  return row.state as CampaignPerson["state"];
}

const timeOf = (row: MemberRow): string | null => {
  const at = row.done_at ?? row.retry_at;
  return at === null ? null : isoTime(at);
};

async function releasedOf(db: Db, rows: readonly MemberRow[]): Promise<Set<string>> {
  const ids = rows.flatMap(({ state, engagement_id }) =>
    state === "waiting" && engagement_id !== null ? [engagement_id] : [],
  );
  if (ids.length === 0) return new Set();
  const released = await db
    .selectFrom("engagements")
    .select("id")
    .where("id", "in", ids)
    .where("campaign_state", "in", ["released", "ended"])
    .execute();
  return new Set(released.map(({ id }) => id));
}
