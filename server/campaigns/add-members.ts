// Stores a page of people: nobody twice, no number or address twice, each with the reason where they are not reached.
// Within the caller's transaction, so that a page and the place after it are one.
import type { Trx } from "../db/schema.ts";
import { lastContactAt } from "../engagements/last-contact.ts";
import { inCoolDown } from "../engagements/may-contact.ts";
import { addCount, type CampaignRow } from "./campaign.store.ts";
import { type Candidate, contactKey, duplicateReason } from "./decide-member.ts";

export interface AddedMembers {
  readonly added: number;
  readonly willQueue: number;
  readonly skipped: number;
  /** Stood on the list before. */
  readonly known: number;
}

export interface AddRules {
  readonly now: number;
  readonly coolDownMs: number;
  /** Whose channel it is, for the cool-down; rows may differ from their campaign. */
  readonly channelOf: (candidate: Candidate) => string;
}

export async function addMembers(
  trx: Trx,
  campaign: CampaignRow,
  page: readonly Candidate[],
  rules: AddRules,
): Promise<AddedMembers> {
  const fresh = await notYetThere(trx, campaign.id, page);
  const decided = await decideTogether(trx, campaign, fresh, rules);
  if (decided.length > 0) await insertMembers(trx, campaign, decided);
  const reasons = new Map<string, number>();
  for (const { reason } of decided) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const [reason, n] of reasons) await addCount(trx, campaign.id, "skipped", reason, n);
  const skipped = decided.filter(({ reason }) => reason !== null).length;
  return {
    added: decided.length,
    willQueue: decided.length - skipped,
    skipped,
    known: page.length - fresh.length,
  };
}

async function notYetThere(trx: Trx, campaignId: string, page: readonly Candidate[]): Promise<Candidate[]> {
  if (page.length === 0) return [];
  const rows = await trx
    .selectFrom("campaign_members")
    .select("person_key")
    .where("campaign_id", "=", campaignId)
    .where(
      "person_key",
      "in",
      page.map(({ key }) => key),
    )
    .execute();
  const seen = new Set(rows.map((row) => row.person_key));
  return page.filter(({ key }) => !seen.has(key) && seen.add(key));
}

async function decideTogether(
  trx: Trx,
  campaign: CampaignRow,
  fresh: readonly Candidate[],
  rules: AddRules,
): Promise<Candidate[]> {
  const taken = await takenContacts(trx, campaign.id, fresh);
  const decided: Candidate[] = [];
  for (const one of fresh) {
    const reason = one.reason ?? (await laterReason(trx, campaign, one, { taken, rules }));
    decided.push({ ...one, reason });
    if (reason === null && one.contact !== null) taken.add(contactKey(one.contact));
  }
  return decided;
}

async function takenContacts(
  trx: Trx,
  campaignId: string,
  fresh: readonly Candidate[],
): Promise<Set<string>> {
  const wanted = fresh.flatMap(({ contact }) => (contact === null ? [] : [contactKey(contact)]));
  if (wanted.length === 0) return new Set();
  const rows = await trx
    .selectFrom("campaign_members")
    .select("contact_key")
    .where("campaign_id", "=", campaignId)
    .where("contact_key", "in", wanted)
    .where("reason", "is", null)
    .execute();
  return new Set(rows.flatMap((row) => row.contact_key ?? []));
}

interface Company {
  readonly taken: ReadonlySet<string>;
  readonly rules: AddRules;
}

async function laterReason(
  trx: Trx,
  campaign: CampaignRow,
  one: Candidate,
  { taken, rules }: Company,
): Promise<string | null> {
  if (one.contact === null) return null;
  if (taken.has(contactKey(one.contact))) return duplicateReason(one.contact);
  if (rules.coolDownMs <= 0) return null;
  const last = await lastContactAt(trx, {
    tenant: campaign.tenant,
    channel: rules.channelOf(one),
    contact: one.contact,
    personId: one.personId,
    crmAccountId: campaign.crm_account_id,
  });
  return inCoolDown(last, rules.now, rules.coolDownMs) ? "cool_down" : null;
}

async function insertMembers(trx: Trx, campaign: CampaignRow, decided: readonly Candidate[]): Promise<void> {
  const rows = decided.map((one, index) => ({
    campaign_id: campaign.id,
    position: campaign.members + index,
    person_key: one.key,
    person_id: one.personId,
    person_name: one.name,
    contact: one.contact,
    contact_key: one.contact === null ? null : contactKey(one.contact),
    reason: one.reason,
    order_details: one.details,
    state: one.reason === null ? "checked" : "skipped",
    outcome: null,
    attempts: 0,
    retry_at: null,
    engagement_id: null,
    done_at: null,
  }));
  await trx.insertInto("campaign_members").values(rows).execute();
}
