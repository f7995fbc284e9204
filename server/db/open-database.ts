// Opens the data folder's database, brings it to this version's tables and has a copy of it kept before it does.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { type CopyProgress, copyOpenDatabase } from "./copy-database.ts";
import { databaseUnusable } from "./database-unusable.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import type { Database, Db } from "./schema.ts";
import { openSqlite, type SqliteConnection, sqliteDialect } from "./sqlite-adapter.ts";

/** Writes a copy of the open database into a new file. Never asked for inside a transaction: it waits for its end. */
export type CopyDatabase = (file: string, onProgress?: CopyProgress) => Promise<void>;

export interface OpenDatabaseOptions {
  readonly dataDir: string;
  /** Before the tables are changed: keeps what is there. `next` is the first step that will be taken. */
  readonly beforeMigrating: (copy: CopyDatabase, next: string) => Promise<void>;
}

export interface OpenedDatabase {
  readonly db: Db;
  /** Closes after the last statement; the write-ahead log is folded back in. */
  close(): Promise<void>;
  /** Beside the ordinary work. */
  readonly copy: CopyDatabase;
}

/** @throws GatewayError database_unusable with the remedy in its sentence. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const isNew = !existsSync(join(options.dataDir, "gateway.db"));
  const { pending, ...opened } = await openAsItIs(options.dataDir);
  try {
    if (!isNew && pending.length > 0) await options.beforeMigrating(opened.copy, pending[0] ?? "");
    if (pending.length > 0) await migrate(opened.db, "sqlite");
  } catch (error) {
    await opened.close();
    throw databaseUnusable(join(options.dataDir, "gateway.db"), error);
  }
  return opened;
}

/**
 * Without changing its tables: `pending` names the steps it lacks, for whoever only looks or notes something small.
 * @throws GatewayError database_unusable, also for one of a newer version.
 */
export async function openAsItIs(
  dataDir: string,
): Promise<OpenedDatabase & { readonly pending: readonly string[] }> {
  const file = join(dataDir, "gateway.db");
  const connection = openFile(file);
  const db = new Kysely<Database>({ dialect: sqliteDialect(connection) });
  const hold = (work: () => Promise<void>): Promise<void> => db.connection().execute(work);
  const copy: CopyDatabase = (to, onProgress) =>
    copyOpenDatabase({ raw: connection.raw, hold }, to, onProgress);
  try {
    const pending = await pendingMigrations(db, "sqlite");
    return { db, close: () => db.destroy(), copy, pending };
  } catch (error) {
    await db.destroy();
    throw databaseUnusable(file, error);
  }
}

function openFile(file: string): SqliteConnection {
  try {
    return openSqlite(file);
  } catch (error) {
    throw databaseUnusable(file, error);
  }
}
