// One table from a short description, in the dialect at hand: STRICT in SQLite, 64-bit integers in PostgreSQL.
import { type Kysely, sql } from "kysely";

export type Dialect = "sqlite" | "postgres";

/** `text` / `integer`, `!` = not null, `primary`, `unique`; `key` is an integer key that counts up by itself. */
export type ColumnSpec = "key" | `${"text" | "integer"}${"" | "!"}${"" | " primary" | " unique"}`;

export async function createTable(
  db: Kysely<unknown>,
  dialect: Dialect,
  name: string,
  columns: Readonly<Record<string, ColumnSpec>>,
  primaryKey?: readonly string[],
): Promise<void> {
  let table = db.schema.createTable(name);
  for (const [column, spec] of Object.entries(columns)) {
    table = table.addColumn(column, columnType(spec, dialect), (build) => {
      if (spec === "key")
        return dialect === "sqlite" ? build.primaryKey().autoIncrement() : build.primaryKey();
      const required = spec.includes("!") || spec.includes("primary") ? build.notNull() : build;
      if (spec.endsWith("primary")) return required.primaryKey();
      return spec.endsWith("unique") ? required.unique() : required;
    });
  }
  if (primaryKey) table = table.addPrimaryKeyConstraint(`${name}_key`, [...primaryKey] as never);
  await (dialect === "sqlite" ? table.modifyEnd(sql`strict`) : table).execute();
}

function columnType(spec: ColumnSpec, dialect: Dialect) {
  if (spec === "key") return dialect === "sqlite" ? ("integer" as const) : ("bigserial" as const);
  if (spec.startsWith("text")) return "text" as const;
  return dialect === "sqlite" ? ("integer" as const) : ("bigint" as const);
}
