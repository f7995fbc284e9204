// The Follow Up Boss accounts a brokerage's webhooks may come from, as their addresses name them: "" for the brokerage's
// own, and in Track B each agent's account.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export async function webhookAccounts(
  deps: WebhookDeps,
  tenant: Readonly<TenantSettings>,
): Promise<string[]> {
  const slug = tenant.domain_name;
  const brokerage = chooseAccess(deps.settings, slug, "tenant");
  const brokerageAccount = brokerage ? (await deps.identities.recall(brokerage))?.accountId : undefined;
  const accounts = new Set<string>(brokerage ? [""] : []);
  if (tenant.track !== "B" || tenant.crm_sync_provider !== "followup_boss") return [...accounts];
  for (const user of tenant.users) {
    const access = chooseAccess(deps.settings, slug, `user:${user.id}`);
    const accountId = access ? (await deps.identities.recall(access))?.accountId : undefined;
    if (accountId !== undefined && accountId !== brokerageAccount) accounts.add(accountId);
  }
  return [...accounts];
}
