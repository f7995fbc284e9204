// An integrator's engagement: only of its own tenant; anything else is "not found", so ids tell nothing.
import type { Engagement } from "../../shared/engagement.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { type Control, controlEngagement } from "../engagements/control-engagement.ts";
import { findEngagement, readEngagement } from "../engagements/engagement.store.ts";
import type { IntegrationDeps } from "./integration-deps.ts";

/** @throws GatewayError engagement_not_found. */
export async function readEngagementFor(
  deps: IntegrationDeps,
  tenants: readonly Readonly<TenantSettings>[],
  id: string,
): Promise<Engagement> {
  const row = await findEngagement(deps.db, id);
  if (!row || !tenants.some((tenant) => tenant.domain_name === row.tenant))
    throw new GatewayError("engagement_not_found");
  return readEngagement(deps.db, row, agentsOf(tenants, row));
}

const agentsOf = (tenants: readonly Readonly<TenantSettings>[], { tenant }: { readonly tenant: string }) =>
  tenants.find(({ domain_name }) => domain_name === tenant)?.users;

/** @throws GatewayError engagement_not_found, wrong_state, or the provider's. */
export async function controlEngagementFor(
  deps: IntegrationDeps,
  tenants: readonly Readonly<TenantSettings>[],
  id: string,
  control: Control,
): Promise<Engagement> {
  await readEngagementFor(deps, tenants, id);
  const row = await controlEngagement(deps, id, control, "Another program");
  return readEngagement(deps.db, row, agentsOf(tenants, row));
}
