// Opens the data folder's database, brings it to this version's tables and keeps a copy of it before it does.
import { existsSync, mkdirSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Kysely } from "kysely";
import { GatewayError, toError } from "../base/errors.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import type { Database, Db } from "./schema.ts";
import { openSqlite, type SqliteConnection, sqliteDialect } from "./sqlite-adapter.ts";

export interface OpenDatabaseOptions {
  readonly dataDir: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

export interface OpenedDatabase {
  readonly db: Db;
  /** Closes after the last statement; the write-ahead log is folded back in. */
  close(): Promise<void>;
}

const KEPT_BACKUPS = 5;

/** @throws GatewayError database_unusable with the remedy in its sentence. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const file = join(options.dataDir, "gateway.db");
  const isNew = !existsSync(file);
  const connection = openFile(file);
  const db = new Kysely<Database>({ dialect: sqliteDialect(connection) });
  try {
    const pending = await pendingMigrations(db, "sqlite");
    if (!isNew && pending.length > 0) await backUp(connection, pending[0] ?? "", options);
    if (pending.length > 0) await migrate(db, "sqlite");
  } catch (error) {
    await db.destroy();
    throw unusable(file, error);
  }
  return { db, close: () => db.destroy() };
}

function openFile(file: string): SqliteConnection {
  try {
    return openSqlite(file);
  } catch (error) {
    throw unusable(file, error);
  }
}

function unusable(file: string, cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause;
  return new GatewayError("database_unusable", {
    sentence: `The database ${file} could not be opened: ${toError(cause).message}. Nothing in it was changed.`,
    cause,
  });
}

async function backUp(
  connection: SqliteConnection,
  next: string,
  options: OpenDatabaseOptions,
): Promise<void> {
  const folder = join(options.dataDir, "backups");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(options.now()).toISOString().replace(/[:.]/g, "-");
  const copy = join(folder, `before-${next}-${stamp}.db`);
  connection.raw.prepare("vacuum into ?").run(copy);
  options.log(`kept a copy of the database before updating it: ${copy}`);
  const copies = (await readdir(folder)).filter((name) => name.startsWith("before-")).sort(byStamp);
  await Promise.all(copies.slice(0, -KEPT_BACKUPS).map((name) => rm(join(folder, name))));
}

const byStamp = (left: string, right: string): number => left.slice(-27).localeCompare(right.slice(-27));
