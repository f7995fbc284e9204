// A request for a Smart List campaign at the door: what must be in place before anything is read or stored, the same for
// review and start (seed 000, "Requirements").
import type { CampaignBody } from "../../shared/campaign.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import { checkType } from "../engagements/check-type.ts";
import { requireAccess } from "../engagements/require-access.ts";
import type { Actor } from "../engagements/start-request.ts";
import { requireVault } from "../settings/require-vault.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import type { NewCampaign } from "./open-campaign-row.ts";

/** Who asks: from a page's session. */
export interface CampaignAsker {
  readonly tenant: string;
  readonly accountId: string;
  readonly crmUserId: string;
  readonly actor: Actor;
}

/** The same click of the same agent is the same campaign. */
export const clickKey = (asker: CampaignAsker, clickId: string): string =>
  `click/${asker.tenant}/${asker.accountId}/${asker.crmUserId}/${clickId}`;

/** @throws GatewayError tenant_not_found, crm_unsupported, sync_off, no_call_management_key, crm_unauthorized, vault_unavailable. */
export function requireCampaigns(
  deps: CampaignDeps,
  slug: string,
  actsWith: Actor["actsWith"],
): Readonly<TenantSettings> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  if (tenant.crm_sync_provider === "rollout") {
    throw new GatewayError("crm_unsupported", {
      sentence:
        "Rollout does not tell who is on a Smart List. Smart List campaigns need Follow Up Boss's own connection.",
    });
  }
  if (tenant.crm_sync_provider !== "followup_boss" || !tenant.fub_sync_contacts)
    throw new GatewayError("sync_off");
  requireAccess(deps.settings, slug, actsWith);
  if (!deps.settings.secret(`tenant/${slug}/call_management_api_key`)) {
    requireVault(deps.settings);
    throw new GatewayError("no_call_management_key");
  }
  return tenant;
}

/** What decides whether a start is what was reviewed. */
export function campaignHash(body: CampaignBody): string {
  const { smart_list_id, channel, call_type, instruction = "", pace, retry } = body;
  return sha256Hex(JSON.stringify([smart_list_id, channel, call_type, instruction, pace, retry]));
}

/**
 * The campaign a body asks for, its list checked against those Follow Up Boss shows to the acting key.
 * @throws GatewayError invalid_request, smart_list_not_found, those of requireCampaigns, crm_*.
 */
export async function newListCampaign(
  deps: CampaignDeps,
  asker: CampaignAsker,
  body: CampaignBody,
): Promise<Omit<NewCampaign, "status" | "stage">> {
  checkType(body.channel, body.call_type, "call_type");
  const tenant = requireCampaigns(deps, asker.tenant, asker.actor.actsWith);
  const access = requireAccess(deps.settings, asker.tenant, asker.actor.actsWith);
  const lists = await deps.crm.smartLists({ access, priority: "interactive" });
  const list = lists.find(({ id }) => id === body.smart_list_id);
  if (!list) throw new GatewayError("smart_list_not_found");
  return {
    tenant: asker.tenant,
    crmAccountId: asker.accountId,
    key: clickKey(asker, body.click_id),
    requestHash: campaignHash(body),
    source: "smart_list",
    smartListId: list.id,
    name: list.name,
    channel: body.channel,
    type: body.call_type,
    instruction: body.instruction ?? "",
    actor: asker.actor,
    provider: deps.providers.chosen(tenant, body.channel),
    pace: body.pace,
    retry: body.retry,
  };
}
