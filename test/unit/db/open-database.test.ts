import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import { createTable } from "../../../server/db/create-table.ts";
import { openDatabase } from "../../../server/db/open-database.ts";
import { openForReading } from "../../../server/db/open-for-reading.ts";
import { makeTempFolder, openTestDatabase } from "../../helpers/open-test-database.ts";

/** The first steps that were to be taken, when something was to be kept before. */
async function openAndClose(dataDir: string): Promise<string[]> {
  const asked: string[] = [];
  const opened = await openDatabase({
    dataDir,
    beforeMigrating: async (copy, next) => {
      asked.push(next);
      await copy(join(dataDir, "kept.db"));
    },
  });
  await opened.close();
  return asked;
}

function edit(dataDir: string, statements: string): void {
  const raw = new DatabaseSync(join(dataDir, "gateway.db"));
  raw.exec(statements);
  raw.close();
}

const refusal = (dataDir: string): Promise<unknown> => openAndClose(dataDir).catch((error: unknown) => error);
const JOURNAL_ROW =
  "insert into journal (at, severity, event, message, search) values (1, 'info', 'kept', 'm', 's')";

describe("the promises of every commit", () => {
  test("write-ahead log, full synchronisation and foreign keys are really on", async () => {
    const db = await openTestDatabase();
    const pragma = async (name: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db);
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await pragma("journal_mode")).toBe("wal");
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("foreign_keys")).toBe(1);
  });

  test("a value of the wrong type is rejected, in every table", async () => {
    const db = await openTestDatabase();
    const { rows } = await sql<{ name: string; type: string; strict: number }>`pragma table_list`.execute(db);
    // The full-text index is none of ours: SQLite keeps its tables.
    const ours = rows.filter(
      ({ name, type }) => type === "table" && !name.startsWith("sqlite_") && !name.startsWith("kysely_"),
    );
    expect(ours.length).toBeGreaterThanOrEqual(9);
    expect(ours.filter(({ strict }) => strict !== 1)).toEqual([]);
    const wrong = sql`insert into crm_users (tenant, account_id, crm_user_id, name, fetched_at) values ('t', '1', '2', 'n', 'soon')`;
    await expect(wrong.execute(db)).rejects.toThrow(/INTEGER/);
  });

  test("a transaction that throws leaves no row", async () => {
    const db = await openTestDatabase();
    const attempt = db.transaction().execute(async (trx) => {
      await sql.raw(JOURNAL_ROW).execute(trx);
      throw new Error("no");
    });
    await expect(attempt).rejects.toThrow("no");
    expect(await db.selectFrom("journal").selectAll().execute()).toEqual([]);
  });
});

describe("bringing the tables up to date", () => {
  test("a new folder gets its tables without a copy; opening again changes and copies nothing", async () => {
    const dataDir = makeTempFolder();
    expect(await openAndClose(dataDir)).toEqual([]);
    const before = readFileSync(join(dataDir, "gateway.db"));
    expect(await openAndClose(dataDir)).toEqual([]);
    expect(readFileSync(join(dataDir, "gateway.db")).equals(before)).toBe(true);
    expect(readdirSync(dataDir)).toEqual(["gateway.db"]);
  });

  test("an older database can be copied before it is updated, and the copy can be opened", async () => {
    const dataDir = makeTempFolder();
    edit(dataDir, "create table older (note text); insert into older values ('from before')");
    expect(await openAndClose(dataDir)).toEqual(["0001-foundation"]);
    const raw = new DatabaseSync(join(dataDir, "kept.db"), { readOnly: true });
    expect(raw.prepare("select note from older").all()).toEqual([{ note: "from before" }]);
    expect(raw.prepare("select count(*) as n from sqlite_schema").get()).toEqual({ n: 1 });
    raw.close();
  });

  test("an update that breaks off leaves nothing half done, and the next one succeeds", async () => {
    const dataDir = makeTempFolder();
    // The name of a table of the last step is taken, so the update fails after making the others.
    edit(dataDir, "create table user_links (other text)");
    const error = await refusal(dataDir);
    expect(error).toMatchObject({ code: "database_unusable" });
    expect(tablesOf(dataDir).tables).toEqual(["user_links"]);
    edit(dataDir, "drop table user_links");
    rmSync(join(dataDir, "kept.db"));
    await openAndClose(dataDir);
    expect(tablesOf(dataDir).tables).toContain("journal");
  });
});

function tablesOf(dataDir: string): { tables: string[] } {
  const raw = new DatabaseSync(join(dataDir, "gateway.db"), { readOnly: true });
  const rows = raw.prepare("select name from sqlite_schema where type = 'table' order by name").all();
  raw.close();
  const names = rows.map(({ name }) => String(name));
  // What SQLite keeps for the full-text index goes with the index.
  return { tables: names.filter((name) => !/^(sqlite_|kysely_|journal_words_)/.test(name)) };
}

describe("a database that must not be used", () => {
  test("of a newer version is refused by the step's name and left as it is", async () => {
    const dataDir = makeTempFolder();
    await openAndClose(dataDir);
    edit(dataDir, `insert into kysely_migration values ('0999-future', '2030-01-01'); ${JOURNAL_ROW}`);
    const before = readFileSync(join(dataDir, "gateway.db"));
    const error = await refusal(dataDir);
    expect(error).toBeInstanceOf(GatewayError);
    expect((error as GatewayError).sentence).toMatch(/newer version.*0999-future/);
    expect(readFileSync(join(dataDir, "gateway.db")).equals(before)).toBe(true);
    expect(existsSync(join(dataDir, "kept.db"))).toBe(false);
  });

  test("that is no database is refused with words and left as it is", async () => {
    const dataDir = makeTempFolder();
    const file = join(dataDir, "gateway.db");
    writeFileSync(file, "this is a letter to my mother, not a database\n".repeat(200));
    const before = readFileSync(file);
    const error = await refusal(dataDir);
    expect(error).toMatchObject({ code: "database_unusable" });
    expect((error as GatewayError).sentence).toMatch(
      /gateway\.db could not be opened: .*not a database.*Nothing/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe("reading beside the owner", () => {
  test("sees what is committed and cannot write", async () => {
    const dataDir = makeTempFolder();
    expect(openForReading(join(dataDir, "gateway.db"))).toBeUndefined();
    const db = await openTestDatabase(dataDir);
    await sql.raw(JOURNAL_ROW).execute(db);
    const reader = openForReading(join(dataDir, "gateway.db"));
    const rows = await reader?.db.selectFrom("journal").select("event").execute();
    expect(rows).toEqual([{ event: "kept" }]);
    await expect(reader?.db.deleteFrom("journal").execute()).rejects.toThrow(/readonly/);
    await reader?.close();
  });
});

test("for PostgreSQL the same description gives 64-bit columns and no STRICT", async () => {
  const db = await openTestDatabase();
  const any = db as unknown as Kysely<unknown>;
  await createTable(any, "postgres", "numbers", { at: "integer!", name: "text primary" });
  const { rows } = await sql<{ sql: string }>`select sql from sqlite_schema where name = 'numbers'`.execute(
    db,
  );
  expect(rows[0]?.sql).toMatch(/"at" bigint not null, "name" text not null primary key\)$/);
});
