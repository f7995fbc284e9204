// A claim looks at what it takes, not at all that waits: seen in how the database answers it.
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import type { Database } from "../../../server/db/schema.ts";
import { openSqlite, sqliteDialect } from "../../../server/db/sqlite-adapter.ts";
import { claimJobs, nextDueAt } from "../../../server/queue/claim-jobs.ts";
import { laneBacklog } from "../../../server/queue/lane-backlog.ts";
import { makeTempFolder, openTestDatabase } from "../../helpers/open-test-database.ts";

interface Asked {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** 20,000 wait in one lane, as many are due one day, 100,000 were set aside, 200 lanes have one job each. */
async function openFull() {
  const folder = makeTempFolder();
  await openTestDatabase(folder);
  const asked: Asked[] = [];
  const connection = openSqlite(join(folder, "gateway.db"));
  const db = new Kysely<Database>({
    dialect: sqliteDialect(connection),
    log: ({ query }) => void asked.push({ sql: query.sql, parameters: query.parameters }),
  });
  onTestFinished(() => db.destroy());
  const fill = (count: number, columns: string) =>
    sql
      .raw(
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
         insert into jobs (kind, payload, group_key, lane_key, priority, run_at, attempts, max_attempts, state, created_at)
         select 'sync-activity', '{}', ${columns}, 1 from n`,
      )
      .execute(db);
  await fill(20_000, "'n' || i, 'notes:1', 50, i, 0, 14, 'ready'");
  await fill(20_000, "null, null, 100, 9000000000000 + i, 0, 6, 'ready'");
  await fill(100_000, "'d' || i, 'notes:1', 50, i, 14, 14, 'dead'");
  await fill(200, "'x' || i, 'calls:' || i, 50, i, 0, 14, 'ready'");
  await fill(40, "'y' || i, null, 50, i, 0, 14, 'ready'");
  asked.length = 0;
  const plans = (): string[] =>
    asked.flatMap((query) =>
      connection.raw
        .prepare(`explain query plan ${query.sql}`)
        .all(...(query.parameters as (string | number)[]))
        .map((row) => String(row.detail)),
    );
  return { db, plans };
}

test("nothing is sorted or read through, whatever else the table holds", async () => {
  const { db, plans } = await openFull();
  const roomIn = (laneKey: string | null) => (laneKey === null ? 16 : 3);
  const claimed = await claimJobs(db, { owner: "w", now: 1_000_000, leaseMs: 1_000, roomIn });
  expect(claimed.filter(({ lane_key }) => lane_key === "notes:1")).toHaveLength(3);
  expect(claimed.filter(({ lane_key }) => lane_key === null)).toHaveLength(16);
  expect(claimed).toHaveLength(3 + 16 + 200);
  expect(await nextDueAt(db, { after: 1_000_000, until: 1_001_000 }, roomIn)).toBeUndefined();
  expect((await laneBacklog(db)).get("notes:1")).toBe(20_000);
  const steps = plans();
  expect(steps.filter((step) => /TEMP B-TREE|SCAN (jobs|due|other|j)\b/.test(step))).toEqual([]);
  // By the state alone would be all that wait.
  expect(steps.filter((step) => /\(state=\?\)/.test(step))).toEqual([]);
  expect(steps.some((step) => step.includes("jobs_claim"))).toBe(true);
});
