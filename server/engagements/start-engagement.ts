// Asks for one outreach: the contact rules decide, then one transaction stores the row and the launch job. Every
// attempt leaves one row, started or refused, with the rule that decided. The same start key is the same start.
import type { CallType, Channel, RefusalReason } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { newId } from "../base/ids.ts";
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import { addHistory, type EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { lastContactAt } from "./last-contact.ts";
import { chooseContact, type EmailFact, inCoolDown, type PhoneFact } from "./may-contact.ts";
import { crmGroup } from "./queue-activities.ts";

/** Who acts: the agent where one is known, else the brokerage. */
export interface Actor {
  readonly userId: string | null;
  readonly name: string | null;
  readonly crmUserId: string | null;
  /** Whose key writes to the CRM: "tenant" or "user:<id>". */
  readonly actsWith: "tenant" | `user:${string}`;
  readonly fromNumber: string | null;
}

export interface StartRequest {
  readonly tenant: string;
  /** "embed", "start_from_person", "integration", "direct". */
  readonly source: string;
  /** Unique per tenant; a second request with it is the first one again. */
  readonly startKey: string;
  /** Digest of what was asked for: the same key with another request is refused. */
  readonly requestHash: string;
  readonly channel: Channel;
  readonly type: CallType;
  readonly instruction: string;
  readonly person: { readonly id: string | null; readonly name: string | null };
  readonly crmAccountId: string | null;
  readonly phones: readonly PhoneFact[];
  readonly emails: readonly EmailFact[];
  readonly chosen: string | null;
  readonly actor: Actor;
  /** Epoch ms before which it must not go out. */
  readonly scheduledAt: number | null;
}

export type StartResult =
  | { readonly kind: "accepted"; readonly engagementId: string; readonly repeated: boolean }
  | { readonly kind: "refused"; readonly engagementId: string; readonly rule: RefusalReason };

/** @throws GatewayError tenant_not_found, idempotency_key_reused. */
export async function startEngagement(deps: EngagementDeps, request: StartRequest): Promise<StartResult> {
  const tenant = deps.settings.tenant(request.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const provider = deps.providers.chosen(tenant, request.channel);
  const hubWrites = provider === "hub" && tenant.hub_writes_to_crm;
  const syncs = tenant.fub_sync_contacts && tenant.crm_sync_provider === "followup_boss";
  const crmWriter = !syncs ? "nobody" : hubWrites ? "hub" : "gateway";
  const result = await deps.db.transaction().execute(async (trx) => {
    const before = await findRepeat(trx, request);
    if (before) return before;
    return insertDecided(deps, trx, request, {
      provider,
      crmWriter,
      coolDownMs: tenant.cool_down_minutes * 60_000,
    });
  });
  deps.bus.emit("engagement:changed", { engagementId: result.engagementId, tenant: request.tenant });
  deps.nudge();
  return result;
}

async function findRepeat(trx: Trx, request: StartRequest): Promise<StartResult | undefined> {
  const known = await trx
    .selectFrom("engagements")
    .select(["id", "rule", "request_hash"])
    .where("start_key", "=", keyOf(request))
    .executeTakeFirst();
  if (!known) return undefined;
  if (known.request_hash !== request.requestHash) throw new GatewayError("idempotency_key_reused");
  if (known.rule !== null)
    return { kind: "refused", engagementId: known.id, rule: known.rule as RefusalReason };
  return { kind: "accepted", engagementId: known.id, repeated: true };
}

const keyOf = (request: StartRequest): string => `${request.tenant}/${request.startKey}`;

interface Decided {
  readonly provider: string;
  readonly crmWriter: string;
  readonly coolDownMs: number;
}

async function insertDecided(
  deps: EngagementDeps,
  trx: Trx,
  request: StartRequest,
  decided: Decided,
): Promise<StartResult> {
  const now = deps.clock.now();
  const verdict = chooseContact(request);
  const contact = verdict.ok ? verdict.contact : null;
  const rule = verdict.ok
    ? inCoolDown(await lastContactAt(trx, contactKey(request, verdict.contact)), now, decided.coolDownMs)
      ? ("cool_down" as const)
      : null
    : verdict.rule;
  const row = newRow(request, decided, { id: newId("eng", now), now, contact, rule });
  await trx.insertInto("engagements").values(row).execute();
  if (rule !== null) {
    await tellRefused(deps, trx, row, rule);
    return { kind: "refused", engagementId: row.id, rule };
  }
  await tellAccepted(deps, trx, row, request);
  const runAt = Math.max(now, request.scheduledAt ?? now);
  await enqueue(
    trx,
    "launch-engagement",
    { engagement_id: row.id },
    { now, runAt, dedupeKey: `launch:${row.id}` },
  );
  if (row.crm_writer === "gateway" && row.person_id === null) {
    await enqueue(
      trx,
      "resolve-person",
      { engagement_id: row.id },
      { now, dedupeKey: `resolve:${row.id}`, groupKey: crmGroup(row) },
    );
  }
  return { kind: "accepted", engagementId: row.id, repeated: false };
}

const contactKey = (request: StartRequest, contact: string) => ({
  tenant: request.tenant,
  channel: request.channel,
  contact,
  personId: request.person.id,
  crmAccountId: request.crmAccountId,
});

interface Fresh {
  readonly id: string;
  readonly now: number;
  readonly contact: string | null;
  readonly rule: RefusalReason | null;
}

function newRow(request: StartRequest, decided: Decided, fresh: Fresh): EngagementRow {
  const { id, now, contact, rule } = fresh;
  const waits = request.scheduledAt !== null && request.scheduledAt > now;
  return {
    id,
    tenant: request.tenant,
    crm_account_id: request.crmAccountId,
    start_key: keyOf(request),
    request_hash: request.requestHash,
    source: request.source,
    channel: request.channel,
    type: request.type,
    instruction: request.instruction,
    status: rule !== null ? "failed" : waits ? "queued" : "accepted",
    outcome: rule,
    rule,
    person_id: request.person.id,
    person_name: request.person.name,
    user_id: request.actor.userId,
    crm_user_id: request.actor.crmUserId,
    acts_with: request.actor.actsWith,
    contact,
    from_number: request.actor.fromNumber,
    provider: decided.provider,
    provider_ref: null,
    provider_seen_at: null,
    launch_state: "none",
    launch_attempts: 0,
    parked_reason: null,
    crm_writer: decided.crmWriter,
    person_introduced_at: null,
    scheduled_at: request.scheduledAt,
    started_at: null,
    completed_at: rule === null ? null : now,
    duration: null,
    summary: null,
    created_at: now,
    updated_at: now,
  };
}

async function tellAccepted(
  deps: EngagementDeps,
  trx: Trx,
  row: EngagementRow,
  request: StartRequest,
): Promise<void> {
  const who = request.actor.name ?? "the brokerage";
  const detail = `${who} asked for it (${SOURCE_WORDS[request.source] ?? request.source})`;
  await addHistory(trx, row.id, [{ at: row.created_at, event: "accepted", detail }]);
  await deps.journal.add(trx, {
    ...about(row),
    event: "engagement.accepted",
    message: `Outreach accepted: ${detail}`,
  });
}

async function tellRefused(
  deps: EngagementDeps,
  trx: Trx,
  row: EngagementRow,
  rule: RefusalReason,
): Promise<void> {
  const sentence = new GatewayError(rule).sentence;
  await addHistory(trx, row.id, [{ at: row.created_at, event: "refused", detail: sentence }]);
  await deps.journal.add(trx, {
    ...about(row),
    severity: "warn",
    event: "engagement.refused",
    message: `Outreach refused: ${sentence}`,
    detail: { rule },
  });
}

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  embed: "the app in Follow Up Boss",
  start_from_person: "another program, by Follow Up Boss person",
  integration: "another program",
  direct: "a program on this computer",
};

/** The journal's columns of an engagement. */
export function about(row: EngagementRow) {
  return {
    tenant: row.tenant,
    userId: row.user_id,
    personId: row.person_id,
    engagementId: row.id,
    channel: row.channel,
  };
}
