// A batch of rows as a campaign: everything is decided and put in line in one transaction, on the same engine as a Smart
// List. Wrong rows and repeated numbers are skipped and named; the others go out.

import { type BulkAnswer, type BulkBatch, bulkRowSchema } from "../../shared/bulk.schema.ts";
import { ERROR_CODES, isErrorCode } from "../../shared/error-codes.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { newId } from "../base/ids.ts";
import { fieldProblems } from "../base/parse.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { Trx } from "../db/schema.ts";
import { refuseMoved } from "../engagements/refuse-moved.ts";
import { enqueuePace } from "../engagements/tell-campaign.ts";
import { addMembers } from "./add-members.ts";
import { type CampaignRow, findByKey, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import type { Candidate } from "./decide-member.ts";
import { decideRow, type RowContext, unreadableRow } from "./decide-row.ts";
import { openCampaignRow } from "./open-campaign-row.ts";
import { queueMembers } from "./queue-members.ts";
import { gatherRowActors } from "./row-actors.ts";
import { type RowDetails, readRowDetails } from "./row-details.ts";

export interface Submission {
  readonly tenant: Readonly<TenantSettings>;
  readonly batch: BulkBatch;
  /** Each row as it came, or the sentence why it could not be read; a file's with its line. */
  readonly rows: readonly { readonly row: unknown; readonly problem?: string; readonly line?: number }[];
  readonly source: "bulk" | "csv";
  readonly idempotencyKey: string | undefined;
}

export type BulkDeps = CampaignDeps & { readonly identities: KnownIdentities };

/** @throws GatewayError idempotency_key_reused. */
export async function submitRows(deps: BulkDeps, submission: Submission): Promise<BulkAnswer> {
  await refuseMoved(deps.db);
  const { tenant, batch, source } = submission;
  const actors = await gatherRowActors(deps, tenant);
  const context = { batch, tenant, actors, providers: deps.providers };
  const candidates = submission.rows.map((one, index) => candidateOf(index, one, context));
  const now = deps.clock.now();
  const requestHash = sha256Hex(JSON.stringify([batch, submission.rows]));
  const { accountId, ...actor } = actors.brokerage;
  const row = openCampaignRow(
    {
      tenant: tenant.domain_name,
      crmAccountId: accountId,
      key: `${source}/${tenant.domain_name}/${submission.idempotencyKey ?? newId("req", now)}`,
      requestHash,
      source,
      smartListId: null,
      name: batch.campaign_name ?? (source === "csv" ? "CSV upload" : "Batch"),
      channel: null,
      type: batch.call_type,
      instruction: "",
      actor,
      provider: null,
      status: "queueing",
      stage: "queueing",
      pace: undefined,
      retry: undefined,
    },
    now,
  );
  const stored = await deps.db.transaction().execute(async (trx) => {
    const before = await findByKey(trx, row.campaign_key);
    if (before && before.request_hash !== requestHash) throw new GatewayError("idempotency_key_reused");
    return before ?? store(deps, trx, row, candidates);
  });
  deps.bus.emit("campaign:changed", { campaignId: stored.id, tenant: stored.tenant });
  deps.nudge();
  return answerOf(stored, await skippedRows(deps, stored.id));
}

function candidateOf(index: number, one: Submission["rows"][number], context: RowContext): Candidate {
  const candidate = decided(`row:${index}`, one, context);
  if (one.line === undefined) return candidate;
  const details: RowDetails = { ...readRowDetails(candidate.details), line: one.line };
  return { ...candidate, details: JSON.stringify(details) };
}

function decided(key: string, { row, problem }: Submission["rows"][number], context: RowContext): Candidate {
  if (problem !== undefined) return unreadableRow(key, problem);
  const parsed = bulkRowSchema.safeParse(row);
  if (parsed.success) return decideRow(key, parsed.data, context);
  const [first] = fieldProblems(parsed.error.issues);
  return unreadableRow(key, first ? `${first.path || "the row"}: ${first.message}` : "it is not a row");
}

async function store(
  deps: BulkDeps,
  trx: Trx,
  row: CampaignRow,
  candidates: readonly Candidate[],
): Promise<CampaignRow> {
  const now = deps.clock.now();
  await trx.insertInto("campaigns").values(row).execute();
  const tenant = deps.settings.tenant(row.tenant);
  const channelOf = ({ details }: Candidate): Channel => readRowDetails(details).channel ?? "phone";
  const added = await addMembers(deps, trx, row, candidates, { tenant, now, channelOf });
  const change = {
    total: candidates.length,
    members: added.added,
    will_queue: added.willQueue,
    skipped: added.skipped,
    checked_at: now,
  };
  await updateCampaign(trx, row.id, change, now);
  let campaign: CampaignRow = { ...row, ...change };
  while (campaign.stage === "queueing") campaign = await queueMembers(deps, trx, campaign);
  await enqueuePace(trx, campaign, now, 0);
  await deps.journal.add(trx, {
    event: "campaign.started",
    message: `A batch of ${candidates.length} rows came in (“${row.name}”): ${campaign.queued} in line, ${campaign.skipped} skipped`,
    tenant: row.tenant,
    detail: { batch_id: row.id, source: row.source },
  });
  return campaign;
}

/** Sentences for the rows that are not reached, in their order, found by row ("Row 3") or a file's line ("Line 4"). */
export async function skippedRows(deps: Pick<CampaignDeps, "db">, campaignId: string): Promise<string[]> {
  const rows = await deps.db
    .selectFrom("campaign_members")
    .select(["position", "reason", "order_details"])
    .where("campaign_id", "=", campaignId)
    .where("state", "=", "skipped")
    .orderBy("position")
    .execute();
  return rows.map(({ position, reason, order_details }) => {
    const { problem, line } = readRowDetails(order_details);
    const place = line === undefined ? `Row ${position + 1}` : `Line ${line}`;
    return `${place}: skipped — ${problem ?? WORDS[reason ?? ""] ?? sentenceFor(reason)}`;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  duplicate_number: "this number already stands in an earlier row",
  duplicate_address: "this e-mail address already stands in an earlier row",
};

const sentenceFor = (reason: string | null): string =>
  isErrorCode(reason) ? ERROR_CODES[reason].sentence : (reason ?? "unknown");

function answerOf(row: CampaignRow, errors: string[]): BulkAnswer {
  return {
    success: true,
    batch_id: row.id,
    queued_calls: row.queued,
    skipped_calls: row.skipped,
    errors,
    message:
      row.queued === 0
        ? "Nothing was queued: no row could be used."
        : `Batch created with ${row.queued} ${row.queued === 1 ? "outreach" : "outreaches"}. It starts shortly.`,
  };
}
