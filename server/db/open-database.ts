// Opens the data folder's database, brings it to this version's tables and has a copy of it kept before it does.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Kysely } from "kysely";
import { type CopyProgress, copyOpenDatabase } from "./copy-database.ts";
import { databaseUnusable } from "./database-unusable.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import type { Database, Db } from "./schema.ts";
import { openSqlite, type SqliteConnection, sqliteDialect } from "./sqlite-adapter.ts";

/** Writes a copy of the open database into a new file. */
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
  const file = join(options.dataDir, "gateway.db");
  const isNew = !existsSync(file);
  const connection = openFile(file);
  const db = new Kysely<Database>({ dialect: sqliteDialect(connection) });
  const copy: CopyDatabase = (to, onProgress) => copyOpenDatabase(connection.raw, to, onProgress);
  try {
    const pending = await pendingMigrations(db, "sqlite");
    if (!isNew && pending.length > 0) await options.beforeMigrating(copy, pending[0] ?? "");
    if (pending.length > 0) await migrate(db, "sqlite");
  } catch (error) {
    await db.destroy();
    throw databaseUnusable(file, error);
  }
  return { db, close: () => db.destroy(), copy };
}

function openFile(file: string): SqliteConnection {
  try {
    return openSqlite(file);
  } catch (error) {
    throw databaseUnusable(file, error);
  }
}
