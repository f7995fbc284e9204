// Which webhooks a brokerage wants, and with whose key: one set for the brokerage's account and, in Track B, one for each
// agent's own account, told apart by the address (seed 001: an account identifier in the address, never a key).
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { CrmAccess } from "../crm/crm.ts";
import { crmName } from "../crm/crm-name.ts";
import { HANDLED_EVENTS } from "./handle-event.ts";
import type { SlotTarget } from "./reconcile-slots.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export interface NamedTarget extends SlotTarget {
  /** "" for the brokerage's account. */
  readonly account: string;
  /** "the brokerage", or the agent's name. */
  readonly whose: string;
}

/** An agent whose own account could not be learned. */
export interface UnknownTarget {
  readonly whose: string;
  readonly problem: GatewayError;
}

/**
 * One agent's dead key is that agent's problem: it is told beside the others.
 * @throws GatewayError not_ready when the gateway has no public address.
 */
export async function slotTargets(
  deps: WebhookDeps,
  tenant: Readonly<TenantSettings>,
  typedAccess?: CrmAccess,
): Promise<(NamedTarget | UnknownTarget)[]> {
  const base = webhookUrl(deps, tenant);
  const brokerage = typedAccess ?? chooseAccess(deps.settings, tenant.domain_name, "tenant");
  const brokerageAccount = brokerage ? (await deps.identities.recall(brokerage))?.accountId : undefined;
  const targets: (NamedTarget | UnknownTarget)[] = brokerage
    ? [{ access: brokerage, url: base, ...wanted(tenant), account: "", whose: "the brokerage" }]
    : [];
  if (tenant.track !== "B" || tenant.crm_sync_provider !== "followup_boss") return targets;
  const seen = new Set([brokerageAccount]);
  for (const user of tenant.users) {
    const access = chooseAccess(deps.settings, tenant.domain_name, `user:${user.id}`);
    if (!access) continue;
    const whose = user.name || user.id;
    const accountId = await accountOf(deps, access);
    if (accountId instanceof GatewayError) targets.push({ whose, problem: accountId });
    if (accountId instanceof GatewayError || seen.has(accountId)) continue;
    seen.add(accountId);
    const url = `${base}?fub_account=${encodeURIComponent(accountId)}`;
    targets.push({ access, url, ...wanted(tenant), account: accountId, whose });
  }
  return targets;
}

/** FUB docs: webhooks, "Limited number of webhooks per event". */
const FUB_PLACES = 2;

const wanted = (tenant: Readonly<TenantSettings>): Pick<SlotTarget, "events" | "places"> => ({
  events: HANDLED_EVENTS,
  places: tenant.crm_sync_provider === "rollout" ? null : FUB_PLACES,
});

async function accountOf(deps: WebhookDeps, access: CrmAccess): Promise<string | GatewayError> {
  try {
    return (await deps.identities.learn(access, { priority: "sync" })).accountId;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}

function webhookUrl(deps: WebhookDeps, tenant: Readonly<TenantSettings>): string {
  // The pretend Follow Up Boss of a rehearsal is on this machine, and so is what it calls.
  const serverUrl =
    tenant.domain_name === PRACTICE_TENANT
      ? deps.practice?.current()?.gatewayUrl
      : deps.settings.publicAddress();
  if (serverUrl === undefined) {
    throw new GatewayError("not_ready", {
      sentence: `The gateway has no public address yet (SERVER_URL), so ${crmName(tenant)} would not know where to send webhooks.`,
    });
  }
  const crm = tenant.crm_sync_provider === "rollout" ? "rollout" : "followupboss";
  return `${serverUrl}/integration/${crm}/webhook/${tenant.domain_name}`;
}
