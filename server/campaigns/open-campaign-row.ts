// The row of a new campaign, of whatever source.
import { randomUUID } from "node:crypto";
import type { Retry } from "../../shared/campaign.schema.ts";
import type { Pace } from "../../shared/pace.schema.ts";
import type { CallType, Channel } from "../../shared/values.ts";
import type { Actor } from "../engagements/start-request.ts";
import type { CampaignRow } from "./campaign.store.ts";

export interface NewCampaign {
  readonly tenant: string;
  readonly crmAccountId: string | null;
  readonly key: string;
  readonly requestHash: string;
  readonly source: "smart_list" | "bulk" | "csv";
  readonly smartListId: string | null;
  readonly name: string;
  readonly channel: Channel | null;
  readonly type: CallType;
  readonly instruction: string;
  readonly actor: Actor;
  readonly provider: string | null;
  readonly status: CampaignRow["status"];
  readonly stage: string;
  readonly pace: Pace | undefined;
  readonly retry: Retry | undefined;
}

export function openCampaignRow(campaign: NewCampaign, now: number): CampaignRow {
  const { actor, pace, retry } = campaign;
  return {
    id: randomUUID(),
    tenant: campaign.tenant,
    crm_account_id: campaign.crmAccountId,
    campaign_key: campaign.key,
    request_hash: campaign.requestHash,
    source: campaign.source,
    smart_list_id: campaign.smartListId,
    name: campaign.name,
    channel: campaign.channel,
    type: campaign.type,
    instruction: campaign.instruction,
    user_id: actor.userId,
    crm_user_id: actor.crmUserId,
    acts_with: actor.actsWith,
    from_number: actor.fromNumber,
    provider: campaign.provider,
    status: campaign.status,
    stage: campaign.stage,
    message: null,
    error_code: null,
    total: null,
    members: 0,
    will_queue: 0,
    later: 0,
    opens_at: null,
    queued: 0,
    skipped: 0,
    done: 0,
    cursor: null,
    pass: 1,
    pages: 0,
    barren_pages: 0,
    moved: 0,
    seen_twice: 0,
    found_late: 0,
    next_position: 0,
    pace_at_once: pace?.at_once ?? null,
    pace_per_minute: pace?.per_minute ?? null,
    last_release_at: null,
    retry: retry === undefined ? null : JSON.stringify(retry),
    created_at: now,
    checked_at: null,
    started_at: campaign.status === "checking" ? null : now,
    ended_at: null,
    restored_at: null,
    updated_at: now,
  };
}
