// How sentences for people call a brokerage's CRM. Through Rollout it may be any; which one, Rollout does not say reliably.
import type { TenantSettings } from "../../shared/settings.schema.ts";

export const crmName = (tenant: Pick<TenantSettings, "crm_sync_provider"> | undefined): string =>
  tenant?.crm_sync_provider === "rollout" ? "the CRM behind Rollout" : "Follow Up Boss";
