// How much of what the database holds, by state; for the support bundle.
import { sql } from "kysely";
import type { Db } from "../../db/schema.ts";

const TABLES = {
  jobs: "state",
  engagements: "status",
  activities: "state",
  campaigns: "status",
  deliveries: "state",
  forwards: "state",
} as const;

export async function countRows(db: Db): Promise<Record<string, Record<string, number>>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const [table, column] of Object.entries(TABLES)) {
    const { rows } = await sql<{ state: string; n: number }>`
      select ${sql.ref(column)} as state, count(*) as n from ${sql.table(table)} group by 1`.execute(db);
    counts[table] = Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
  }
  return counts;
}
