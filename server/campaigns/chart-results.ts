// A campaign's results over time, counted in equal steps. Read by console-campaigns.ts.
import { sql } from "kysely";
import type { CampaignDetail } from "../../shared/console/campaigns.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { Db } from "../db/schema.ts";
import type { CampaignRow } from "./campaign.store.ts";

const MOST_STEPS = 60;
/** Steps people can read off an axis, in seconds: a second to a day. */
const STEPS = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400] as const;

export async function chartResults(db: Db, row: CampaignRow): Promise<CampaignDetail["chart"]> {
  const members = db
    .selectFrom("campaign_members")
    .where("campaign_id", "=", row.id)
    .where("done_at", "is not", null)
    .where("outcome", "is not", null);
  const edges = await members
    .select((select) => [select.fn.min("done_at").as("first"), select.fn.max("done_at").as("last")])
    .executeTakeFirst();
  if (edges?.first == null || edges.last == null) return { step_seconds: STEPS[0], steps: [] };
  const begin = Math.min(row.started_at ?? Number(edges.first), Number(edges.first));
  const step = stepFor(Number(edges.last) - begin);
  const counted = await members
    .select([
      sql<number>`cast((done_at - ${begin}) / ${step * 1000} as integer)`.as("nth"),
      "outcome",
      sql<number>`count(*)`.as("n"),
    ])
    .groupBy(["nth", "outcome"])
    .execute();
  const steps = Array.from(
    { length: 1 + Math.floor((Number(edges.last) - begin) / (step * 1000)) },
    (_, nth) => ({
      from: isoTime(begin + nth * step * 1000),
      outcomes: Object.fromEntries(
        counted.filter((one) => Number(one.nth) === nth).map(({ outcome, n }) => [outcome ?? "", Number(n)]),
      ),
    }),
  );
  return { step_seconds: step, steps };
}

function stepFor(spanMs: number): number {
  const fits = (seconds: number): boolean => spanMs / 1000 / seconds < MOST_STEPS;
  return STEPS.find(fits) ?? Math.ceil(spanMs / 1000 / MOST_STEPS / 86_400) * 86_400;
}
