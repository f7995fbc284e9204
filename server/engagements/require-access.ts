// The Follow Up Boss key an outreach acts with, or why there is none.
import { GatewayError } from "../base/errors.ts";
import { type ActsWith, chooseAccess } from "../crm/choose-access.ts";
import type { CrmAccess } from "../crm/crm.ts";
import { requireVault } from "../settings/require-vault.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

/**
 * @throws GatewayError vault_unavailable (tried again) while keys cannot be read, crm_unauthorized (never tried again:
 * somebody must enter a key) when none is set.
 */
export function requireAccess(
  settings: Pick<SettingsRoom, "secret" | "tenant" | "vault">,
  tenant: string,
  actsWith: ActsWith | string,
): CrmAccess {
  const access = chooseAccess(settings, tenant, actsWith);
  if (access) return access;
  requireVault(settings);
  if (settings.tenant(tenant)?.crm_sync_provider === "rollout")
    throw new GatewayError("crm_unauthorized", {
      sentence: `No connected account (rollout_credential_id) is set for the brokerage ${tenant}.`,
    });
  const whose =
    actsWith === "tenant" ? `the brokerage ${tenant}` : `the agent ${actsWith.slice("user:".length)}`;
  throw new GatewayError("crm_unauthorized", { sentence: `No Follow Up Boss API key is set for ${whose}.` });
}
