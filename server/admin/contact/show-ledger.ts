// The ledger of attempts and refusals, as the console shows and exports it.
import type { LedgerPage, LedgerQuery, LedgerRow } from "../../../shared/console/contact-rules.schema.ts";
import type { Channel } from "../../../shared/values.ts";
import { isoTime } from "../../base/clock.ts";
import { exportLedger } from "../../contact/export-ledger.ts";
import { type LedgerFilters, readLedger, type LedgerRow as StoredRow } from "../../contact/ledger.store.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { requireBrokerage } from "./require-brokerage.ts";

export async function showLedger(deps: AdminDeps, query: LedgerQuery): Promise<LedgerPage> {
  const { before, limit } = query;
  await requireBrokerage(deps, query.tenant, "contact_ledger");
  const page = await readLedger(deps.db, filtersOf(query), { after: before, limit });
  return { rows: page.rows.map(showRow), next: page.next };
}

/** The same rows as a CSV file, in pieces. @throws GatewayError tenant_not_found. */
export async function exportLedgerOf(deps: AdminDeps, query: LedgerQuery): Promise<AsyncIterable<string>> {
  await requireBrokerage(deps, query.tenant, "contact_ledger");
  return exportLedger(deps.db, filtersOf(query));
}

/** A search is a number, an address, or an outreach's id. */
function filtersOf({ tenant, search, decision, rule, from, to }: LedgerQuery): LedgerFilters {
  const text = search?.trim();
  return {
    tenant,
    decision,
    rule: rule || undefined,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
    ...(text ? (text.startsWith("eng_") ? { engagementId: text } : { contact: text }) : {}),
  };
}

const showRow = (row: StoredRow): LedgerRow => ({
  id: row.id,
  at: isoTime(row.at),
  engagement_id: row.engagement_id,
  campaign_id: row.campaign_id,
  channel: row.channel as Channel,
  contact: row.contact,
  person_id: row.person_id,
  user_id: row.user_id,
  stage: row.stage,
  decision: row.decision,
  rule: row.rule,
  detail: sayDetail(row.detail),
});

/** What was looked at, where it is words. */
function sayDetail(text: string | null): string | null {
  if (text === null) return null;
  const detail = JSON.parse(text) as { hours?: string; tag?: string; until?: string };
  const words = [
    detail.hours,
    detail.tag === undefined ? undefined : `Tag “${detail.tag}”`,
    detail.until === undefined ? undefined : `Allowed from ${detail.until}`,
  ].filter((part) => part !== undefined);
  return words.length === 0 ? null : words.join("; ");
}
