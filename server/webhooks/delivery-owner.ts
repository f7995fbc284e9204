// Whose Follow Up Boss account a delivery is about, and as whom what it starts goes out. A signature proves Follow Up Boss
// and the system, not the account: people are read with the brokerage's own key (in Track B the agent's), so a delivery
// of somebody else's account finds nobody.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import type { CrmAccess, CrmIdentity } from "../crm/crm.ts";
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
  const agents = agentKeys(deps, tenant);
  for (const agent of agents) {
    const identity = await deps.identities.recall(agent.access);
    if (identity?.accountId === account) return asAgent(tenant, agent, identity);
  }
  // Keys nobody has been asked about yet: their account is learned now rather than the delivery given up.
  let unknown: GatewayError | undefined;
  for (const agent of agents) {
    try {
      const identity = await deps.identities.learn(agent.access, { priority: "launch" });
      if (identity.accountId === account) return asAgent(tenant, agent, identity);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (error.retry.kind !== "never") unknown = error;
    }
  }
  if (unknown) throw unknown;
  return ownAccount(deps, tenant, account);
}

interface AgentKey {
  readonly user: TenantSettings["users"][number];
  readonly access: CrmAccess;
}

function agentKeys(deps: WebhookDeps, tenant: Readonly<TenantSettings>): AgentKey[] {
  const slug = tenant.domain_name;
  return tenant.users
    .filter(({ id }) => deps.settings.secret(`user/${slug}/${id}/fub_api_key`))
    .map((user) => ({ user, access: requireAccess(deps.settings, slug, `user:${user.id}`) }));
}

function asAgent(
  tenant: Readonly<TenantSettings>,
  { user, access }: AgentKey,
  { accountId, userId }: CrmIdentity,
): HandledBy {
  const actor: Actor = {
    userId: user.id,
    name: user.name || user.id,
    crmUserId: userId,
    actsWith: `user:${user.id}`,
    fromNumber: fromNumber(tenant, user),
  };
  return { tenant, access, accountId, actor };
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
