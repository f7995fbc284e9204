// A copy of a database that is at work: the gateway's own transactions, other programs', and a writer that never rests.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { type OpenedDatabase, openDatabase } from "../../../server/db/open-database.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

async function open(dataDir: string): Promise<OpenedDatabase> {
  const opened = await openDatabase({ dataDir, beforeMigrating: async () => undefined });
  onTestFinished(() => opened.close());
  return opened;
}

const entry = (event: string, message = "m") =>
  ({ at: 1, severity: "info", event, message, search: "" }) as const;

function eventsIn(file: string): string[] {
  const raw = new DatabaseSync(file, { readOnly: true });
  expect(raw.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  const rows = raw.prepare("select event from journal order by seq").all();
  raw.close();
  return rows.map(({ event }) => String(event));
}

test("a copy asked for in the middle of a transaction waits for its end and has what it wrote", async () => {
  const dataDir = makeTempFolder();
  const { db, copy } = await open(dataDir);
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const { promise: written, resolve: tell } = Promise.withResolvers<void>();
  const transaction = db.transaction().execute(async (trx) => {
    await trx.insertInto("journal").values(entry("under way")).execute();
    tell();
    await mayEnd;
  });
  await written;
  const copied = copy(join(dataDir, "copy.db"));
  // As long as a copy of so small a database takes, and longer.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  end();
  await Promise.all([transaction, copied]);
  expect(eventsIn(join(dataDir, "copy.db"))).toEqual(["under way"]);
});

test("an open transaction of another program neither stops a copy nor gets into it", async () => {
  const dataDir = makeTempFolder();
  const { db, copy } = await open(dataDir);
  await db.insertInto("journal").values(entry("committed")).execute();
  const other = new DatabaseSync(join(dataDir, "gateway.db"));
  onTestFinished(() => other.close());
  other.exec(
    "begin immediate; insert into journal (at, severity, event, message, search) values (1, 'info', 'open', 'm', '')",
  );
  await copy(join(dataDir, "copy.db"));
  expect(eventsIn(join(dataDir, "copy.db"))).toEqual(["committed"]);
  other.exec("rollback");
});

test("copies of a database of many steps are whole while one transaction follows the other", async () => {
  const dataDir = makeTempFolder();
  const { db, copy } = await open(dataDir);
  const filled = sql`with recursive n(value) as (select 1 union all select value + 1 from n where value < 3000)
    insert into journal (at, severity, event, message, search)
    select value, 'info', 'filling', hex(randomblob(2000)), '' from n`;
  await filled.execute(db);
  let busy = true;
  let pairs = 0;
  const writing = (async () => {
    while (busy) {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto("journal").values(entry("one")).execute();
        await new Promise((resolve) => setImmediate(resolve));
        await trx.insertInto("journal").values(entry("two")).execute();
      });
      pairs++;
    }
  })();
  const steps: number[] = [];
  for (let round = 0; round < 5; round++) {
    const file = join(dataDir, `copy-${round}.db`);
    await copy(file, (done) => void steps.push(done));
    const events = eventsIn(file);
    // Both of a transaction or none.
    expect(events.filter((event) => event === "one").length).toBe(
      events.filter((event) => event === "two").length,
    );
    expect(events.filter((event) => event === "filling").length).toBe(3_000);
  }
  busy = false;
  await writing;
  expect(steps.length).toBeGreaterThan(5);
  expect(pairs).toBeGreaterThan(0);
});
