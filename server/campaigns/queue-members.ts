// Puts reviewed people in line: one held engagement each, a hundred at a time, with the place that was reached in the
// same transaction. Rules that depend on the moment are asked once more; whoever they refuse now is counted apart.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { CallType, Channel } from "../../shared/values.ts";
import { newId } from "../base/ids.ts";
import type { ContactDecision } from "../contact/check-contact.ts";
import { isAddress } from "../contact/contact-key.ts";
import type { Trx } from "../db/schema.ts";
import { checkRules } from "../engagements/check-rules.ts";
import { ownEmail, ownPhone, readRegions } from "../engagements/contact-facts.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { newEngagementRow } from "../engagements/new-engagement-row.ts";
import { noteDecision } from "../engagements/note-decision.ts";
import { crmWriterOf } from "../engagements/start-engagement.ts";
import type { Actor, StartRequest } from "../engagements/start-request.ts";
import { type CampaignRow, type MemberRow, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { noteSkipped } from "./note-skipped.ts";
import { readRowDetails } from "./row-details.ts";

/** People put in line per transaction; a page of the CRM's. */
export const QUEUE_CHUNK = 100;

/**
 * The campaign afterwards: everybody up to `next_position` is in line, or noted as kept out; `stage` "queued" when that was
 * the end.
 */
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
  const reached = last ? last.position + 1 : campaign.next_position;
  const upTo = atEnd ? campaign.members : reached;
  await noteSkipped(trx, campaign, { from: campaign.next_position, upTo }, now);
  const change = {
    queued: campaign.queued + members.length,
    next_position: upTo,
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
  const contact = member.contact;
  const decision =
    tenant && contact !== null
      ? await decide(deps, trx, { tenant, provider, request, member, contact })
      : null;
  const rule = decision?.decision === "refused" ? decision.rule : null;
  const due = decision?.decision === "held" ? { ...request, scheduledAt: decision.until } : request;
  const row = newEngagementRow(due, { id: newId("eng", now), now, provider, crmWriter, contact, rule });
  const held: EngagementRow = {
    ...row,
    status: rule === null ? "queued" : row.status,
    campaign_id: campaign.id,
    // A refused one is over: it only waits to be counted.
    campaign_state: rule === null ? "held" : "ended",
    campaign_position: member.position,
  };
  if (decision) await noteDecision(trx, held, "queue", decision, now);
  return held;
}

interface Deciding {
  readonly tenant: Readonly<TenantSettings>;
  readonly provider: string;
  readonly request: StartRequest;
  readonly member: MemberRow;
  readonly contact: string;
}

const decide = (
  deps: CampaignDeps,
  trx: Trx,
  { tenant, provider, request, member, contact }: Deciding,
): Promise<ContactDecision> =>
  checkRules(deps, trx, {
    tenant,
    provider,
    contact,
    channel: request.channel,
    personId: member.person_id,
    crmAccountId: request.crmAccountId,
    known: request.person.known,
    at: Math.max(deps.clock.now(), request.scheduledAt ?? 0),
    furtherTry: member.attempts > 0,
  });

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
    extras: own.extras,
    person: {
      id: member.person_id,
      // Smart Lists come from the CRM, rows from another program.
      ...(campaign.source !== "smart_list" && { claimed: true }),
      name: member.person_name || null,
      known: { regions: readRegions(member.person_regions) },
    },
    crmAccountId: own.actor ? (own.actor.accountId ?? null) : campaign.crm_account_id,
    ...waysIn(own.otherContact),
    chosen: null,
    actor,
    scheduledAt: own.scheduledAt ?? null,
    whenClosed: "wait",
  };
}

/** How else they can be found in the CRM; whom it reaches was decided with the row. */
function waysIn(other = ""): Pick<StartRequest, "phones" | "emails"> {
  if (other === "") return { phones: [], emails: [] };
  return isAddress(other)
    ? { phones: [], emails: [ownEmail(other)] }
    : { phones: [ownPhone(other)], emails: [] };
}

function acceptedEvent(row: EngagementRow, attempts: number, campaign: CampaignRow) {
  const detail = row.rule !== null ? `Refused: ${row.rule}` : `In line for the campaign “${campaign.name}”`;
  const event = row.rule !== null ? "refused" : attempts > 0 ? "retried" : "accepted";
  return { engagement_id: row.id, at: row.created_at, event, detail };
}
