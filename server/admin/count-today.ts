// The start page's day: outreaches by hour and result since the viewer's midnight, and what became of their records.
import { sql } from "kysely";
import type { Home, OutcomeGroup } from "../../shared/console/home.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { Db } from "../db/schema.ts";
import { groupOf } from "./say-outreach.ts";

const HOUR_MS = 3_600_000;
const NONE: Record<OutcomeGroup, number> = { reached: 0, missed: 0, refused: 0, failed: 0, open: 0 };

/** An outreach counts in the hour in which it was asked for. */
export async function countToday(
  db: Db,
  span: { readonly since: number; readonly now: number },
  tenant?: string,
): Promise<Home["today"]> {
  const rows = await countedBy(db, span.since, tenant);
  const hours = Array.from(
    { length: Math.max(1, Math.ceil((span.now - span.since) / HOUR_MS)) },
    (_, nth) => ({ from: isoTime(span.since + nth * HOUR_MS), groups: { ...NONE } }),
  );
  const groups = { ...NONE };
  const outcomes: Record<string, number> = {};
  for (const row of rows) {
    const group = groupOf(row);
    const outcome = group === "open" ? "open" : (row.rule ?? row.outcome ?? row.status);
    groups[group] += row.n;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + row.n;
    const hour = hours[Math.min(row.hour, hours.length - 1)];
    if (hour) hour.groups[group] += row.n;
  }
  return {
    since: isoTime(span.since),
    started: rows.reduce((sum, { n }) => sum + n, 0),
    groups,
    outcomes,
    hours,
    records: await countRecords(db, span.since, tenant),
  };
}

async function countedBy(db: Db, since: number, tenant: string | undefined) {
  let select = db.selectFrom("engagements").where("created_at", ">=", since);
  if (tenant) select = select.where("tenant", "=", tenant);
  const rows = await select
    .select([
      sql<number>`cast((created_at - ${since}) / ${HOUR_MS} as integer)`.as("hour"),
      "status",
      "outcome",
      "rule",
      sql<number>`count(*)`.as("n"),
    ])
    // Held by a campaign: nobody was reached out to yet.
    .where((where) => where.or([where("campaign_state", "is", null), where("campaign_state", "!=", "held")]))
    .groupBy(["hour", "status", "outcome", "rule"])
    .execute();
  return rows.map((row) => ({ ...row, hour: Number(row.hour), n: Number(row.n) }));
}

async function countRecords(
  db: Db,
  since: number,
  tenant: string | undefined,
): Promise<Home["today"]["records"]> {
  let select = db
    .selectFrom("activities")
    .select(["state", sql<number>`count(*)`.as("n")])
    .where((where) => where.or([where("state", "!=", "written"), where("updated_at", ">=", since)]));
  if (tenant) select = select.where("tenant", "=", tenant);
  const rows = await select.groupBy("state").execute();
  const of = (state: string): number => Number(rows.find((row) => row.state === state)?.n ?? 0);
  return { written: of("written"), waiting: of("waiting") + of("writing"), dead: of("dead") };
}
