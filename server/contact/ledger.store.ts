// The ledger: every attempt to contact somebody, and the rule that held or refused it. Written in the transaction of what it
// tells of, read by the console, exported for whoever has to prove something.
import type { Insertable, Selectable } from "kysely";
import type { Channel, RefusalReason } from "../../shared/values.ts";
import type { ContactLedgerTable } from "../db/channel-tables.ts";
import type { Db, DbOrTrx } from "../db/schema.ts";
import { contactKey } from "./contact-key.ts";
import { sameContact } from "./same-contact.ts";

export type LedgerRow = Selectable<ContactLedgerTable>;

export interface NewLedgerRow {
  /** Epoch ms. */
  readonly at: number;
  readonly tenant: string;
  readonly engagementId: string | null;
  readonly campaignId: string | null;
  readonly channel: Channel;
  readonly contact: string | null;
  readonly personId: string | null;
  readonly userId: string | null;
  readonly stage: LedgerRow["stage"];
  readonly decision: LedgerRow["decision"];
  readonly rule: RefusalReason | null;
  /** What was looked at; kept as JSON. */
  readonly detail: object | null;
}

export async function addLedger(trx: DbOrTrx, row: NewLedgerRow): Promise<void> {
  await trx.insertInto("contact_ledger").values(toRow(row)).execute();
}

const toRow = (row: NewLedgerRow): Insertable<ContactLedgerTable> => ({
  at: row.at,
  tenant: row.tenant,
  engagement_id: row.engagementId,
  campaign_id: row.campaignId,
  channel: row.channel,
  contact: row.contact,
  person_id: row.personId,
  user_id: row.userId,
  stage: row.stage,
  decision: row.decision,
  rule: row.rule,
  detail: row.detail === null ? null : JSON.stringify(row.detail),
});

export interface LedgerFilters {
  readonly tenant: string;
  /** A number or address in any spelling. */
  readonly contact?: string | undefined;
  readonly engagementId?: string | undefined;
  readonly decision?: LedgerRow["decision"] | undefined;
  readonly rule?: string | undefined;
  /** Epoch ms, inclusive. */
  readonly from?: number | undefined;
  /** Epoch ms, exclusive. */
  readonly to?: number | undefined;
}

export interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  /** Id after which the next page begins; null at the end. */
  readonly next: number | null;
}

/** Newest first; `after` is `next` of the page before. */
export const readLedger = (
  db: Db,
  filters: LedgerFilters,
  page: { readonly after?: number | undefined; readonly limit: number },
): Promise<LedgerPage> => pageOf(db, filters, { ...page, order: "desc" });

/** Oldest first, as an export is written. */
export const readLedgerForward = (
  db: Db,
  filters: LedgerFilters,
  page: { readonly after?: number | undefined; readonly limit: number },
): Promise<LedgerPage> => pageOf(db, filters, { ...page, order: "asc" });

async function pageOf(
  db: Db,
  filters: LedgerFilters,
  { after, limit, order }: { after?: number | undefined; limit: number; order: "asc" | "desc" },
): Promise<LedgerPage> {
  let select = filtered(db, filters);
  if (after !== undefined) select = select.where("id", order === "asc" ? ">" : "<", after);
  const found = await select
    .orderBy("id", order)
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

function filtered(db: Db, filters: LedgerFilters) {
  let select = db.selectFrom("contact_ledger").selectAll().where("tenant", "=", filters.tenant);
  const { contact, engagementId, decision, rule, from, to } = filters;
  if (contact !== undefined) select = select.where(sameContact(keyOf(contact)));
  if (engagementId !== undefined) select = select.where("engagement_id", "=", engagementId);
  if (decision !== undefined) select = select.where("decision", "=", decision);
  if (rule !== undefined) select = select.where("rule", "=", rule);
  if (from !== undefined) select = select.where("at", ">=", from);
  if (to !== undefined) select = select.where("at", "<", to);
  return select;
}

/** What is neither number nor address stands in the rows as it was given. */
const keyOf = (contact: string): string => contactKey(contact) ?? contact.trim();
