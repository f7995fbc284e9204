// Crashes are counted apart from tries: what a job held when the program ended is not by itself a failure of the job.
import { type Kysely, sql } from "kysely";

export async function crashes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("jobs")
    .addColumn("crashes", "integer", (column) => column.notNull().defaultTo(0))
    .execute();
  // Only those few that were held in a crash, so that they are found among any number that wait.
  await db.schema
    .createIndex("jobs_crashed")
    .on("jobs")
    .columns(["state", "crashes"])
    .where(sql.ref("crashes"), ">", sql.lit(0))
    .execute();
}
