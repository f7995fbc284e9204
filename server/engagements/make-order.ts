// An engagement's row as the order a provider is given.
import type { CallType, Channel } from "../../shared/values.ts";
import type { ChannelOrder } from "../channels/channel.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { readExtras } from "./order-extras.ts";

export function makeOrder(deps: EngagementDeps, row: EngagementRow): ChannelOrder {
  const tenant = deps.settings.tenant(row.tenant);
  const user = tenant?.users.find((candidate) => candidate.id === row.user_id);
  return {
    engagementId: row.id,
    tenant: row.tenant,
    channel: row.channel as Channel,
    type: row.type as CallType,
    instruction: row.instruction,
    extras: readExtras(row.extras),
    contact: row.contact ?? "",
    personId: row.person_id,
    personName: row.person_name,
    agentName: user?.name || null,
    brokerage: tenant?.brokerage_name || row.tenant,
    userId: row.user_id,
    fromNumber: row.from_number,
    inCampaign: row.campaign_id !== null,
    attempt: row.launch_attempts,
  };
}
