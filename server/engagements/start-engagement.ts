// Asks for one outreach: the contact rules decide, then one transaction stores the row and the launch job. Every
// attempt leaves one row, started or refused, with the rule that decided. The same start key is the same start.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { RefusalReason } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { newId } from "../base/ids.ts";
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import { about } from "./about-engagement.ts";
import { addHistory, type EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { lastContactAt } from "./last-contact.ts";
import { chooseContact, inCoolDown } from "./may-contact.ts";
import { type Decided, newEngagementRow, startKeyOf } from "./new-engagement-row.ts";
import { crmGroup, crmLane } from "./queue-activities.ts";
import type { StartRequest } from "./start-request.ts";

export type StartResult =
  | { readonly kind: "accepted"; readonly engagementId: string; readonly repeated: boolean }
  | { readonly kind: "refused"; readonly engagementId: string; readonly rule: RefusalReason };

/** @throws GatewayError tenant_not_found, idempotency_key_reused. */
export async function startEngagement(deps: EngagementDeps, request: StartRequest): Promise<StartResult> {
  const tenant = deps.settings.tenant(request.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const provider = deps.providers.chosen(tenant, request.channel);
  const crmWriter = crmWriterOf(tenant, provider);
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

/** Who writes what happened to the CRM: nobody where syncing is off, the Hub where it does so itself. */
export function crmWriterOf(
  tenant: Readonly<TenantSettings>,
  provider: string,
): "nobody" | "hub" | "gateway" {
  const syncs = tenant.fub_sync_contacts && tenant.crm_sync_provider !== "none";
  if (!syncs) return "nobody";
  return provider === "hub" && tenant.hub_writes_to_crm ? "hub" : "gateway";
}

async function findRepeat(trx: Trx, request: StartRequest): Promise<StartResult | undefined> {
  const known = await trx
    .selectFrom("engagements")
    .select(["id", "rule", "request_hash"])
    .where("start_key", "=", startKeyOf(request))
    .executeTakeFirst();
  const same = known ? undefined : await request.sameAs?.(trx);
  if (same !== undefined) return { kind: "accepted", engagementId: same, repeated: true };
  if (!known) return undefined;
  if (known.request_hash !== request.requestHash) throw new GatewayError("idempotency_key_reused");
  if (known.rule !== null)
    return { kind: "refused", engagementId: known.id, rule: known.rule as RefusalReason };
  return { kind: "accepted", engagementId: known.id, repeated: true };
}

interface Chosen {
  readonly provider: string;
  readonly crmWriter: string;
  readonly coolDownMs: number;
}

async function insertDecided(
  deps: EngagementDeps,
  trx: Trx,
  request: StartRequest,
  chosen: Chosen,
): Promise<StartResult> {
  const now = deps.clock.now();
  const { contact, rule } = await decide(trx, request, chosen.coolDownMs, now);
  const { provider, crmWriter } = chosen;
  const row = newEngagementRow(request, { id: newId("eng", now), now, provider, crmWriter, contact, rule });
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
      { now, dedupeKey: `resolve:${row.id}`, groupKey: crmGroup(row), laneKey: crmLane(row, "person") },
    );
  }
  return { kind: "accepted", engagementId: row.id, repeated: false };
}

async function decide(
  trx: Trx,
  request: StartRequest,
  coolDownMs: number,
  now: number,
): Promise<Pick<Decided, "contact" | "rule">> {
  const verdict = chooseContact(request);
  if (!verdict.ok) return { contact: null, rule: verdict.rule };
  const last = await lastContactAt(trx, contactKey(request, verdict.contact));
  return { contact: verdict.contact, rule: inCoolDown(last, now, coolDownMs) ? "cool_down" : null };
}

const contactKey = (request: StartRequest, contact: string) => ({
  tenant: request.tenant,
  channel: request.channel,
  contact,
  personId: request.person.id,
  crmAccountId: request.crmAccountId,
});

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
    outcome: rule,
    message: `Outreach refused: ${sentence}`,
    detail: { rule },
  });
}

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  embed: "the app in Follow Up Boss",
  start_from_person: "another program, by person",
  integration: "another program",
  direct: "a program on this computer",
  tag: "a tag on the person",
};
