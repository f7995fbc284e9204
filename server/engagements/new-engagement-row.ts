// The row a start leaves, accepted or refused.
import type { RefusalReason } from "../../shared/values.ts";
import { writeRegions } from "./contact-facts.ts";
import type { EngagementRow } from "./engagement.store.ts";
import { writeExtras } from "./order-extras.ts";
import { otherContact } from "./other-contact.ts";
import type { StartRequest } from "./start-request.ts";

/** What was decided about a request: who carries it, who writes to the CRM, whom it reaches or why nobody. */
export interface Decided {
  readonly id: string;
  readonly now: number;
  readonly provider: string;
  readonly crmWriter: string;
  readonly contact: string | null;
  readonly rule: RefusalReason | null;
}

/** Unique per tenant: what makes a repeated start the same start. */
export const startKeyOf = (request: StartRequest): string => `${request.tenant}/${request.startKey}`;

export function newEngagementRow(request: StartRequest, decided: Decided): EngagementRow {
  const { id, now, contact, rule } = decided;
  const waits = request.scheduledAt !== null && request.scheduledAt > now;
  return {
    id,
    tenant: request.tenant,
    crm_account_id: request.crmAccountId,
    start_key: startKeyOf(request),
    request_hash: request.requestHash,
    source: request.source,
    channel: request.channel,
    type: request.type,
    instruction: request.instruction,
    extras: writeExtras(request.extras),
    status: rule !== null ? "failed" : waits ? "queued" : "accepted",
    outcome: rule,
    rule,
    person_id: request.person.id,
    person_claimed: request.person.id !== null && request.person.claimed ? 1 : null,
    person_name: request.person.name,
    person_regions: writeRegions(request.person.known?.regions),
    user_id: request.actor.userId,
    crm_user_id: request.actor.crmUserId,
    acts_with: request.actor.actsWith,
    contact,
    other_contact: isCertain(request) ? null : otherContact(request, contact),
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
    campaign_id: null,
    campaign_state: null,
    campaign_position: null,
    delivery_id: request.deliveryId ?? null,
    recording_url: null,
    restored_at: null,
    created_at: now,
    updated_at: now,
  };
}

/** Whoever is certainly known needs no second way to be found. */
const isCertain = ({ person }: StartRequest): boolean => person.id !== null && !person.claimed;
