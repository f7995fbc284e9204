// Other programs say in their own spelling where a record comes from: "followupboss", "Follow Up Boss", "follow_up_boss".
import type { TenantSettings } from "../../shared/settings.schema.ts";

/** True: `source_record_id` is the id of a person in the brokerage's CRM. */
export function namesCrm(
  tenant: Pick<TenantSettings, "crm_sync_provider">,
  sourceSystem: string | undefined,
): boolean {
  const plain = sourceSystem?.toLowerCase().replace(/[^a-z]/g, "");
  return plain === (tenant.crm_sync_provider === "rollout" ? "rollout" : "followupboss");
}
