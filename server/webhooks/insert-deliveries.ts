// Stores many deliveries with few statements that are always the same ones: writing a statement of hundreds of values
// anew for each batch costs more than running it.
import { CompiledQuery } from "kysely";
import type { DeliveryTable } from "../db/delivery-tables.ts";
import type { Trx } from "../db/schema.ts";

export type DeliveryRow = Omit<DeliveryTable, "id">;

export type InsertedDelivery = Pick<
  DeliveryTable,
  "tenant" | "source" | "account" | "event_id" | "event" | "state" | "received_at"
> & { readonly id: number };

/** In one order for all rows. */
const COLUMNS = [
  "tenant",
  "source",
  "account",
  "event_id",
  "event",
  "event_created",
  "received_at",
  "signature",
  "headers",
  "body",
  "state",
  "result",
  "processed_at",
  "replays",
  "recovered",
] as const satisfies readonly (keyof DeliveryRow)[];

/** Rows in a statement; a batch is cut into these, the largest first. */
const SIZES = [64, 32, 16, 8, 4, 2, 1] as const;

/** Inserts those that are new, and returns them. */
export type InsertDeliveries = (trx: Trx, rows: readonly DeliveryRow[]) => Promise<InsertedDelivery[]>;

export function createInsertDeliveries(): InsertDeliveries {
  const statements = new Map<number, string>();
  const statementFor = (trx: Trx, rows: readonly DeliveryRow[]): string => {
    const known = statements.get(rows.length);
    if (known !== undefined) return known;
    const { sql } = trx
      .insertInto("deliveries")
      .values(rows.map(inOrder))
      .onConflict((conflict) => conflict.columns(["tenant", "source", "account", "event_id"]).doNothing())
      .returning(["id", "tenant", "source", "account", "event_id", "event", "state", "received_at"])
      .compile();
    statements.set(rows.length, sql);
    return sql;
  };
  return async (trx, rows) => {
    const inserted: InsertedDelivery[] = [];
    for (const part of inParts(rows)) {
      const values = part.flatMap((row) => COLUMNS.map((column) => row[column]));
      const query = CompiledQuery.raw(statementFor(trx, part), values);
      inserted.push(
        ...(await trx.executeQuery<InsertedDelivery>(query as CompiledQuery<InsertedDelivery>)).rows,
      );
    }
    return inserted;
  };
}

const inOrder = (row: DeliveryRow): DeliveryRow =>
  Object.fromEntries(COLUMNS.map((column) => [column, row[column]])) as unknown as DeliveryRow;

function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  let from = 0;
  while (from < rows.length) {
    const size = SIZES.find((one) => one <= rows.length - from) ?? 1;
    parts.push(rows.slice(from, from + size));
    from += size;
  }
  return parts;
}
