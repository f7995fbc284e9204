// The address an admin registers in Follow Up Boss for the single-contact app (seed 000, "Embedded app URLs").
import type { TenantSettings } from "../../shared/settings.schema.ts";

/** Track B accounts have their own domains, so the address names the brokerage. */
export function embedUrl(serverUrl: string, tenant: Readonly<TenantSettings>): string {
  const address = `${serverUrl}/integration/followupboss/embed`;
  return tenant.track === "B" ? `${address}?domain_name=${tenant.domain_name}` : address;
}
