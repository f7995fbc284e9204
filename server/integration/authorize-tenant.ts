// Whose key is this? A bearer key opens exactly the tenants it belongs to. Every tenant's key is compared, in constant
// time, so that the answer's time tells neither which tenants exist nor how near a guess was.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { equalSecret } from "../base/hmac.ts";
import { requireVault } from "../settings/require-vault.ts";
import type { IntegrationDeps } from "./integration-deps.ts";

type SettingsPart = Pick<IntegrationDeps, "settings">;

/** The tenants of a bearer key: one, unless an admin gave several brokerages the same. @throws GatewayError unauthorized, vault_unavailable. */
export function tenantsOfKey(deps: SettingsPart, key: string | undefined): Readonly<TenantSettings>[] {
  if (key === undefined || key === "") {
    throw new GatewayError("unauthorized", {
      sentence: "Send the brokerage's call_management_api_key as “Authorization: Bearer …”.",
    });
  }
  const found = deps.settings.current().tenants.filter((tenant) => {
    const known = deps.settings.secret(`tenant/${tenant.domain_name}/call_management_api_key`);
    return known !== undefined && known !== "" && equalSecret(known, key);
  });
  if (found.length > 0) return found;
  requireVault(deps.settings);
  throw new GatewayError("unauthorized", { sentence: "This call_management_api_key is not known." });
}

/** The named tenant, if the key is its own. @throws GatewayError unauthorized, tenant_not_found, forbidden. */
export function authorizeTenant(
  deps: SettingsPart,
  key: string | undefined,
  domainName: string,
): Readonly<TenantSettings> {
  const own = tenantsOfKey(deps, key).find((tenant) => tenant.domain_name === domainName);
  if (own) return own;
  if (!deps.settings.tenant(domainName)) throw new GatewayError("tenant_not_found");
  throw new GatewayError("forbidden", {
    sentence: `This key does not belong to the brokerage ${domainName}.`,
  });
}
