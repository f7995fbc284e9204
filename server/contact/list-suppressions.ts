// The suppression list as the console reads it: pages, search and counts.
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../db/schema.ts";
import { contactKey } from "./contact-key.ts";
import type { SuppressionRow } from "./suppression.store.ts";

export interface SuppressionQuery {
  readonly tenant: string;
  readonly kind?: SuppressionRow["kind"] | undefined;
  /** Those that hold (the default), those that ended, or both. */
  readonly state?: "active" | "ended" | "all" | undefined;
  /** Part of a number, an address, a note, or a person's id. */
  readonly search?: string | undefined;
  /** Only rows with a smaller id: `next` of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface SuppressionPage {
  /** Newest first. */
  readonly rows: readonly SuppressionRow[];
  /** For `before`; null at the end. */
  readonly next: number | null;
}

export async function listSuppressions(db: Db, query: SuppressionQuery): Promise<SuppressionPage> {
  const { tenant, kind, state = "active", before, limit } = query;
  const search = query.search?.trim().toLowerCase() ?? "";
  let select = db.selectFrom("suppressions").selectAll().where("tenant", "=", tenant);
  if (kind !== undefined) select = select.where("kind", "=", kind);
  if (state !== "all") select = select.where("ended_at", state === "active" ? "is" : "is not", null);
  if (before !== undefined) select = select.where("id", "<", before);
  if (search !== "")
    select = select.where((where) =>
      where.or([
        where("contact", "=", contactKey(search) ?? search),
        contains("contact", digitsOf(search) ?? search),
        contains("said", search),
        where("person_id", "=", search),
      ]),
    );
  const found = await select
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/** What else holds for the number, address or person of an entry. */
export async function othersHolding(db: DbOrTrx, row: SuppressionRow): Promise<SuppressionRow[]> {
  const { contact, person_id, crm_account_id } = row;
  return db
    .selectFrom("suppressions")
    .selectAll()
    .where("tenant", "=", row.tenant)
    .where("ended_at", "is", null)
    .where("id", "!=", row.id)
    .where((where) =>
      where.or([
        ...(contact === null ? [] : [where("contact", "=", contact)]),
        ...(person_id === null
          ? []
          : [
              where.and([
                where("person_id", "=", person_id),
                where("crm_account_id", crm_account_id === null ? "is" : "=", crm_account_id),
              ]),
            ]),
      ]),
    )
    .execute();
}

function contains(column: "contact" | "said", text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
}

/** Numbers are kept as digits; people search as they write them. */
function digitsOf(text: string): string | undefined {
  const digits = text.replace(/[\s().+-]/g, "");
  return /^\d{3,}$/.test(digits) ? digits : undefined;
}

export interface SuppressionCounts {
  readonly opt_out: number;
  readonly do_not_call: number;
  readonly ended: number;
}

export async function countSuppressions(db: Db, tenant: string): Promise<SuppressionCounts> {
  const rows = await db
    .selectFrom("suppressions")
    .select([
      "kind",
      (select) => select.fn.countAll().as("rows"),
      (select) => select.fn.count("ended_at").as("ended"),
    ])
    .where("tenant", "=", tenant)
    .groupBy("kind")
    .execute();
  const active = (kind: SuppressionRow["kind"]): number =>
    rows
      .filter((row) => row.kind === kind)
      .reduce((sum, row) => sum + Number(row.rows) - Number(row.ended), 0);
  return {
    opt_out: active("opt_out"),
    do_not_call: active("do_not_call"),
    ended: rows.reduce((sum, { ended }) => sum + Number(ended), 0),
  };
}
