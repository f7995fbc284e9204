// Puts reviewed people in line: one held engagement each, a hundred at a time, with the place that was reached in the
// same transaction. Rules that depend on the moment are asked once more; whoever they refuse now is counted apart.
import type { CallType, Channel, RefusalReason } from "../../shared/values.ts";
import { newId } from "../base/ids.ts";
import type { Trx } from "../db/schema.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { lastContactAt } from "../engagements/last-contact.ts";
import { inCoolDown } from "../engagements/may-contact.ts";
import { newEngagementRow } from "../engagements/new-engagement-row.ts";
import { crmWriterOf } from "../engagements/start-engagement.ts";
import type { Actor, StartRequest } from "../engagements/start-request.ts";
import { type CampaignRow, type MemberRow, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { readRowDetails } from "./row-details.ts";

/** People put in line per transaction; a page of the CRM's. */
export const QUEUE_CHUNK = 100;

/** The campaign afterwards: everybody up to `next_position` is in line; `stage` "queued" when that was the end. */
export async function queueMembers(
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
): Promise<CampaignRow> {
  const members = await trx
    .selectFrom("campaign_members")
    .selectAll()
    .where("campaign_id", "=", campaign.id)
    .where("state", "=", "checked")
    .orderBy("position")
    .limit(QUEUE_CHUNK)
    .execute();
  await putInLine(deps, trx, campaign, members);
  const now = deps.clock.now();
  const last = members.at(-1);
  const atEnd = members.length < QUEUE_CHUNK && campaign.stage === "queueing";
  const change = {
    queued: campaign.queued + members.length,
    next_position: last ? last.position + 1 : campaign.next_position,
    ...(atEnd
      ? { stage: "queued", status: campaign.status === "queueing" ? "running" : campaign.status }
      : {}),
  };
  await updateCampaign(trx, campaign.id, change, now);
  return { ...campaign, ...change };
}

/** Held engagements for these members, each its next attempt; the members wait from now on. */
export async function putInLine(
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
  members: readonly MemberRow[],
): Promise<void> {
  if (members.length === 0) return;
  const rows: EngagementRow[] = [];
  for (const member of members) rows.push(await heldEngagement(deps, trx, campaign, member));
  await trx.insertInto("engagements").values(rows).execute();
  await trx
    .insertInto("engagement_events")
    .values(rows.map((row, index) => acceptedEvent(row, members[index]?.attempts ?? 0, campaign)))
    .execute();
  for (const [index, member] of members.entries()) {
    await trx
      .updateTable("campaign_members")
      .set({
        state: "waiting",
        engagement_id: rows[index]?.id ?? null,
        attempts: member.attempts + 1,
        retry_at: null,
        outcome: null,
        done_at: null,
      })
      .where("campaign_id", "=", campaign.id)
      .where("position", "=", member.position)
      .execute();
  }
}

async function heldEngagement(
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
  member: MemberRow,
): Promise<EngagementRow> {
  const now = deps.clock.now();
  const request = requestOf(campaign, member);
  const tenant = deps.settings.tenant(campaign.tenant);
  const provider = tenant ? deps.providers.chosen(tenant, request.channel) : "simulator";
  const crmWriter = tenant ? crmWriterOf(tenant, provider) : "nobody";
  const rule = await refusedNow(trx, request, member, (tenant?.cool_down_minutes ?? 0) * 60_000, now);
  const contact = member.contact;
  const row = newEngagementRow(request, { id: newId("eng", now), now, provider, crmWriter, contact, rule });
  return {
    ...row,
    status: rule === null ? "queued" : row.status,
    campaign_id: campaign.id,
    // A refused one is over: it only waits to be counted.
    campaign_state: rule === null ? "held" : "ended",
    campaign_position: member.position,
  };
}

// Of a first attempt; a further one follows its own attempt by the campaign's rule, not by the cool-down.
async function refusedNow(
  trx: Trx,
  request: StartRequest,
  member: MemberRow,
  coolDownMs: number,
  now: number,
): Promise<RefusalReason | null> {
  if (coolDownMs <= 0 || member.attempts > 0 || member.contact === null) return null;
  const last = await lastContactAt(trx, {
    tenant: request.tenant,
    channel: request.channel,
    contact: member.contact,
    personId: member.person_id,
    crmAccountId: request.crmAccountId,
  });
  return inCoolDown(last, now, coolDownMs) ? "cool_down" : null;
}

function requestOf(campaign: CampaignRow, member: MemberRow): StartRequest {
  const own = readRowDetails(member.order_details);
  const actor: Actor = own.actor ?? {
    userId: campaign.user_id,
    name: null,
    crmUserId: campaign.crm_user_id,
    actsWith: campaign.acts_with as Actor["actsWith"],
    fromNumber: campaign.from_number,
  };
  return {
    tenant: campaign.tenant,
    source: "campaign",
    startKey: `campaign/${campaign.id}/${member.position}/${member.attempts + 1}`,
    requestHash: campaign.request_hash,
    channel: own.channel ?? (campaign.channel as Channel),
    type: own.type ?? (campaign.type as CallType),
    instruction: own.instruction ?? campaign.instruction,
    person: { id: member.person_id, name: member.person_name || null },
    crmAccountId: own.actor ? (own.actor.accountId ?? null) : campaign.crm_account_id,
    phones: [],
    emails: [],
    chosen: null,
    actor,
    scheduledAt: own.scheduledAt ?? null,
  };
}

function acceptedEvent(row: EngagementRow, attempts: number, campaign: CampaignRow) {
  const detail = row.rule !== null ? `Refused: ${row.rule}` : `In line for the campaign “${campaign.name}”`;
  const event = row.rule !== null ? "refused" : attempts > 0 ? "retried" : "accepted";
  return { engagement_id: row.id, at: row.created_at, event, detail };
}
