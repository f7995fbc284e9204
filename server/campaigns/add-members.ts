// Stores a page of people: nobody twice, no number or address twice, each with the reason where they are not reached.
// Within the caller's transaction, so that a page and the place after it are one.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import type { Trx } from "../db/schema.ts";
import { checkRules } from "../engagements/check-rules.ts";
import { writeRegions } from "../engagements/contact-facts.ts";
import { addCount, type CampaignRow } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { type Candidate, contactKey, duplicateReason } from "./decide-member.ts";

export interface AddedMembers {
  readonly added: number;
  readonly willQueue: number;
  readonly skipped: number;
  /** Of willQueue: it is too early or too late where they are, so they wait for their hours. */
  readonly later: number;
  /** When the first of those may be reached, epoch ms; null where nobody waits. */
  readonly opensAt: number | null;
  /** Stood on the list before. */
  readonly known: number;
}

export interface AddRules {
  /** Undefined: the brokerage is gone, and nobody will be reached. */
  readonly tenant: Readonly<TenantSettings> | undefined;
  readonly now: number;
  /** Over which channel they would be reached; rows may differ from their campaign. */
  readonly channelOf: (candidate: Candidate) => Channel;
}

interface DecidedMember {
  readonly candidate: Candidate;
  /** When their hours begin, epoch ms; null where they may be reached now, or not at all. */
  readonly until: number | null;
}

export async function addMembers(
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
  page: readonly Candidate[],
  rules: AddRules,
): Promise<AddedMembers> {
  const fresh = await notYetThere(trx, campaign.id, page);
  const decided = await decideTogether(deps, trx, campaign, fresh, rules);
  const people = decided.map(({ candidate }) => candidate);
  if (people.length > 0) await insertMembers(trx, campaign, people);
  const reasons = new Map<string, number>();
  for (const { reason } of people) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const [reason, n] of reasons) await addCount(trx, campaign.id, "skipped", reason, n);
  const skipped = people.filter(({ reason }) => reason !== null).length;
  const opening = decided.flatMap(({ until }) => (until === null ? [] : [until]));
  return {
    added: people.length,
    willQueue: people.length - skipped,
    skipped,
    later: opening.length,
    opensAt: opening.length === 0 ? null : Math.min(...opening),
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
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
  fresh: readonly Candidate[],
  rules: AddRules,
): Promise<DecidedMember[]> {
  const taken = await takenContacts(trx, campaign.id, fresh);
  const decided: DecidedMember[] = [];
  for (const one of fresh) {
    const { reason, until } =
      one.reason === null && one.contact !== null
        ? await decideOne(deps, trx, campaign, { ...one, contact: one.contact }, { taken, rules })
        : { reason: one.reason, until: null };
    decided.push({ candidate: { ...one, reason }, until });
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

async function decideOne(
  deps: CampaignDeps,
  trx: Trx,
  campaign: CampaignRow,
  one: Candidate & { readonly contact: string },
  { taken, rules }: Company,
): Promise<{ readonly reason: string | null; readonly until: number | null }> {
  if (taken.has(contactKey(one.contact))) return { reason: duplicateReason(one.contact), until: null };
  const { tenant, now } = rules;
  if (!tenant) return { reason: null, until: null };
  const channel = rules.channelOf(one);
  const decision = await checkRules(deps, trx, {
    tenant,
    channel,
    provider: deps.providers.chosen(tenant, channel),
    contact: one.contact,
    personId: one.personId,
    crmAccountId: campaign.crm_account_id,
    known: one.known,
    at: now,
  });
  const refused = decision.decision === "refused" || (decision.decision === "held" && decision.never);
  if (refused) return { reason: decision.rule, until: null };
  return { reason: null, until: decision.decision === "held" ? decision.until : null };
}

async function insertMembers(trx: Trx, campaign: CampaignRow, decided: readonly Candidate[]): Promise<void> {
  const rows = decided.map((one, index) => ({
    campaign_id: campaign.id,
    position: campaign.members + index,
    person_key: one.key,
    person_id: one.personId,
    person_name: one.name,
    person_regions: writeRegions(one.known?.regions),
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
