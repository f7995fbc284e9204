// Asks for one outreach: the contact rules decide, then one transaction stores the row and the launch job. Every
// attempt leaves one row, started or refused, with the rule that decided. The same start key is the same start.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { RefusalReason } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { newId } from "../base/ids.ts";
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import { about } from "./about-engagement.ts";
import { decideStart, type StartDecision, type StartPlace } from "./decide-start.ts";
import { addHistory, type EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { certainPerson } from "./find-behind.ts";
import { newEngagementRow, startKeyOf } from "./new-engagement-row.ts";
import { noteDecision } from "./note-decision.ts";
import { crmGroup, crmLane } from "./queue-activities.ts";
import { refuseMoved } from "./refuse-moved.ts";
import { type RefusedStart, refusedBefore } from "./refused-before.ts";
import type { StartRequest } from "./start-request.ts";

export type StartResult =
  | { readonly kind: "accepted"; readonly engagementId: string; readonly repeated: boolean }
  | RefusedStart;

/** @throws GatewayError tenant_not_found, idempotency_key_reused, channel_unavailable. */
export async function startEngagement(deps: EngagementDeps, request: StartRequest): Promise<StartResult> {
  const tenant = deps.settings.tenant(request.tenant);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const provider = deps.providers.chosen(tenant, request.channel);
  const result = await deps.db.transaction().execute(async (trx) => {
    const before = await findRepeat(trx, request);
    if (before) return before;
    await refuseMoved(trx);
    return insertDecided(deps, trx, request, { tenant, provider, now: deps.clock.now() });
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
  if (known.request_hash !== request.requestHash) throw reused(request);
  if (known.rule !== null) return refusedBefore(trx, known.id, known.rule as RefusalReason);
  return { kind: "accepted", engagementId: known.id, repeated: true };
}

// A page sends no Idempotency-Key; whoever presses its button has never heard of one.
function reused({ source }: StartRequest): GatewayError {
  if (source !== "embed") return new GatewayError("idempotency_key_reused");
  return new GatewayError("idempotency_key_reused", {
    sentence: "This click already started another outreach. Reload the page and start again.",
  });
}

async function insertDecided(
  deps: EngagementDeps,
  trx: Trx,
  request: StartRequest,
  place: StartPlace,
): Promise<StartResult> {
  const { tenant, provider, now } = place;
  const decision = await decideStart(deps, trx, request, place);
  if (decision.rule === null) await refuseUnready(deps, trx, request, provider, decision.contact ?? "");
  const row = newEngagementRow(waitingUntil(request, decision), {
    id: newId("eng", now),
    now,
    provider,
    crmWriter: crmWriterOf(tenant, provider),
    contact: decision.contact,
    rule: decision.rule,
  });
  await trx.insertInto("engagements").values(row).execute();
  await noteDecision(trx, row, "queue", decision.decided, now);
  if (decision.rule !== null) {
    await tellRefused(deps, trx, row, decision);
    return refusal(row.id, decision);
  }
  await tellAccepted(deps, trx, row, request, decision);
  await enqueueLaunch(trx, row, now);
  return { kind: "accepted", engagementId: row.id, repeated: false };
}

/** What nobody asked for but their hours ask for is kept on the row like a time that was asked for. */
function waitingUntil(request: StartRequest, { rule, until }: StartDecision): StartRequest {
  return rule === null && until !== null ? { ...request, scheduledAt: until } : request;
}

/** A channel that is not set up is nobody's refusal: it is said at once, and nothing is stored. */
async function refuseUnready(
  deps: EngagementDeps,
  trx: Trx,
  { tenant, channel, type, actor }: StartRequest,
  provider: string,
  contact: string,
): Promise<void> {
  const { userId, fromNumber } = actor;
  const asked = { tenant, channel, type, userId, fromNumber, contact };
  const objection = await deps.providers.get(provider).objection?.(asked, trx);
  if (objection) throw objection;
}

function refusal(engagementId: string, { rule, sentence, until }: StartDecision): StartResult {
  return {
    kind: "refused",
    engagementId,
    rule: rule ?? "invalid_phone",
    ...(sentence === null ? {} : { sentence }),
    ...(until === null ? {} : { until }),
  };
}

async function enqueueLaunch(trx: Trx, row: EngagementRow, now: number): Promise<void> {
  const runAt = Math.max(now, row.scheduled_at ?? now);
  await enqueue(
    trx,
    "launch-engagement",
    { engagement_id: row.id },
    { now, runAt, dedupeKey: `launch:${row.id}` },
  );
  if (row.crm_writer !== "gateway" || certainPerson(row) !== null) return;
  await enqueue(
    trx,
    "resolve-person",
    { engagement_id: row.id },
    { now, dedupeKey: `resolve:${row.id}`, groupKey: crmGroup(row), laneKey: crmLane(row, "person") },
  );
}

async function tellAccepted(
  deps: EngagementDeps,
  trx: Trx,
  row: EngagementRow,
  request: StartRequest,
  { until, decided }: StartDecision,
): Promise<void> {
  const who = request.actor.name ?? "the brokerage";
  const waits = until === null ? "" : `; it waits for their hours, until ${isoTime(until)}`;
  const detail = `${who} asked for it (${SOURCE_WORDS[request.source] ?? request.source})${waits}`;
  await addHistory(trx, row.id, [{ at: row.created_at, event: "accepted", detail }]);
  await deps.journal.add(trx, {
    ...about(row),
    event: "engagement.accepted",
    message: `Outreach accepted: ${detail}`,
    ...(until === null || !("detail" in decided)
      ? {}
      : { detail: { until: isoTime(until), hours: decided.detail } }),
  });
}

async function tellRefused(
  deps: EngagementDeps,
  trx: Trx,
  row: EngagementRow,
  { rule, sentence: said, until, decided }: StartDecision,
): Promise<void> {
  const sentence = said ?? "";
  await addHistory(trx, row.id, [{ at: row.created_at, event: "refused", detail: sentence }]);
  await deps.journal.add(trx, {
    ...about(row),
    severity: "warn",
    event: "engagement.refused",
    outcome: rule,
    message: `Outreach refused: ${sentence}`,
    detail: {
      rule,
      ...(until === null ? {} : { allowed_from: isoTime(until) }),
      ...("detail" in decided ? { because: decided.detail } : {}),
    },
  });
}

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  embed: "the app in Follow Up Boss",
  start_from_person: "another program, by person",
  integration: "another program",
  direct: "a program on this computer",
  tag: "a tag on the person",
};
