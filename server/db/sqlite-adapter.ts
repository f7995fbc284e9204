// node:sqlite in the shape Kysely's SqliteDialect asks for. Statements are kept, since preparing costs more than running.
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { type Dialect, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";

const KEPT_STATEMENTS = 300;
const LONGEST_KEPT = 4_000;

export interface SqliteConnection extends SqliteDatabase {
  readonly raw: DatabaseSync;
}

/**
 * Opens `file` with the promises of design section 5: WAL, every commit on disk (`synchronous=FULL`), foreign keys on.
 * Throws node:sqlite's own error when the file is not a database.
 */
export function openSqlite(file: string): SqliteConnection {
  const raw = new DatabaseSync(file);
  try {
    raw.exec(
      "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 1500; pragma temp_store = memory; pragma cache_size = -8000",
    );
  } catch (error) {
    raw.close();
    throw error;
  }
  return adaptSqlite(raw);
}

/**
 * Kysely's dialect for SQLite, told what Kysely assumes of no SQLite: that schema changes roll back. Without it an update
 * of the tables that is cut off stays half done and can never be repeated.
 */
export function sqliteDialect(database: SqliteConnection): Dialect {
  const dialect = new SqliteDialect({ database });
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createAdapter: () =>
      Object.create(dialect.createAdapter(), { supportsTransactionalDdl: { value: true } }),
  };
}

/** An open database as Kysely's driver wants it. */
export function adaptSqlite(raw: DatabaseSync): SqliteConnection {
  const kept = new Map<string, SqliteStatement>();
  return {
    raw,
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known) return known;
      const statement = adaptStatement(raw.prepare(sql));
      // A statement of many rows is as large as it is rarely the same.
      if (sql.length > LONGEST_KEPT) return statement;
      kept.set(sql, statement);
      const oldest = kept.size > KEPT_STATEMENTS ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    close: () => {
      kept.clear();
      raw.close();
    },
  };
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  const reader = statement.columns().length > 0;
  return {
    reader,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}
