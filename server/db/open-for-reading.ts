// The database of a data folder for reading only, beside the process that owns it.
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { Database, Db } from "./schema.ts";
import { adaptSqlite, sqliteDialect } from "./sqlite-adapter.ts";

/** Undefined when there is no database yet. What is no database shows only at the first question. */
export function openForReading(file: string): { readonly db: Db; close(): Promise<void> } | undefined {
  if (!existsSync(file)) return undefined;
  const raw = new DatabaseSync(file, { readOnly: true });
  const db = new Kysely<Database>({ dialect: sqliteDialect(adaptSqlite(raw)) });
  return { db, close: () => db.destroy() };
}
