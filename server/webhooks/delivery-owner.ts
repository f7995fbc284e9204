// Whose Follow Up Boss account a delivery is about, and as whom what it starts goes out. A signature proves Follow Up Boss
// and the system, not the account: people are read with the brokerage's own key (in Track B the agent's), so a delivery
// of somebody else's account finds nobody.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import type { CrmAccess } from "../crm/crm.ts";
import { fromNumber } from "../engagements/from-number.ts";
import { requireAccess } from "../engagements/require-access.ts";
import type { Actor } from "../engagements/start-request.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export interface HandledBy {
  readonly tenant: Readonly<TenantSettings>;
  readonly access: CrmAccess;
  readonly accountId: string;
  /** The brokerage, or in an agent's own account that agent. */
  readonly actor: Actor;
}

/** @throws GatewayError tenant_not_found, account_not_found, crm_unauthorized (no key), crm_* while it cannot be learned. */
export async function deliveryOwner(deps: WebhookDeps, slug: string, account: string): Promise<HandledBy> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  if (account === "") return brokerageOwner(deps, tenant);
  for (const user of tenant.users) {
    const actsWith = `user:${user.id}` as const;
    if (!deps.settings.secret(`user/${slug}/${user.id}/fub_api_key`)) continue;
    const access = requireAccess(deps.settings, slug, actsWith);
    const identity = await deps.identities.recall(access);
    if (identity?.accountId !== account) continue;
    const actor: Actor = {
      userId: user.id,
      name: user.name || user.id,
      crmUserId: identity.userId,
      actsWith,
      fromNumber: fromNumber(tenant, user),
    };
    return { tenant, access, accountId: account, actor };
  }
  return ownAccount(deps, tenant, account);
}

// An address may name the brokerage's own account as well.
async function ownAccount(
  deps: WebhookDeps,
  tenant: Readonly<TenantSettings>,
  account: string,
): Promise<HandledBy> {
  if (deps.settings.secret(`tenant/${tenant.domain_name}/fub_api_key`)) {
    const owner = await brokerageOwner(deps, tenant);
    if (owner.accountId === account) return owner;
  }
  throw new GatewayError("account_not_found", {
    sentence: `The address names the Follow Up Boss account ${account}, which belongs to none of the keys of ${tenant.domain_name}.`,
  });
}

async function brokerageOwner(deps: WebhookDeps, tenant: Readonly<TenantSettings>): Promise<HandledBy> {
  const access = requireAccess(deps.settings, tenant.domain_name, "tenant");
  const { accountId } = await deps.identities.learn(access, { priority: "launch" });
  const actor: Actor = {
    userId: null,
    name: null,
    crmUserId: null,
    actsWith: "tenant",
    fromNumber: fromNumber(tenant, undefined),
  };
  return { tenant, access, accountId, actor };
}
