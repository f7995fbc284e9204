// Which user of the CRM behind Rollout each agent is, by phone, else by e-mail: calls written with the brokerage's connected
// account are then attributed to the agent. Follow Up Boss tells it when an agent opens the app; Rollout has no app to open.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { CrmAccess, CrmUser } from "../crm/crm.ts";
import { replaceLinks, type UserLink } from "../crm/user-links.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import { type MatchRule, mapUser } from "./map-user.ts";

/** Asks for all users each time: agents and profiles change. @throws GatewayError crm_*. */
export async function linkAgents(
  deps: EmbedDeps,
  tenant: Readonly<TenantSettings>,
  account: { readonly access: CrmAccess; readonly accountId: string },
): Promise<void> {
  const users = await deps.crm.users({ access: account.access, priority: "sync" });
  const { links, doubted } = matchAgents(tenant, users);
  const scope = { tenant: tenant.domain_name, accountId: account.accountId };
  await replaceLinks(deps, scope, links);
  if (doubted.length === 0) return;
  deps.journal.tell({
    event: "agents.doubted",
    severity: "warn",
    message: `Several users of the CRM could be ${doubted.join(", ")}; calls are not attributed to them until phones or e-mails tell them apart`,
    tenant: tenant.domain_name,
  });
}

interface Match {
  readonly crmUserId: string;
  readonly rule: MatchRule;
}

/** A phone says more than an address; where two users of the CRM fit equally well, neither is taken. Pure. */
export function matchAgents(
  tenant: Pick<TenantSettings, "users">,
  users: readonly Pick<CrmUser, "id" | "phone" | "email">[],
): { readonly links: UserLink[]; readonly doubted: string[] } {
  const byAgent = new Map<string, Match[]>();
  for (const { id, phone, email } of users) {
    const facts = { phones: phone === null ? [] : [phone], email, learnedUserId: null };
    const match = mapUser(tenant.users, facts);
    if (match)
      byAgent.set(match.user.id, [
        ...(byAgent.get(match.user.id) ?? []),
        { crmUserId: id, rule: match.rule },
      ]);
  }
  const links: UserLink[] = [];
  const doubted: string[] = [];
  for (const [userId, matches] of byAgent) {
    const byPhone = matches.filter(({ rule }) => rule === "phone");
    const [best, other] = byPhone.length > 0 ? byPhone : matches;
    if (best && !other) links.push({ userId, ...best });
    else doubted.push(tenant.users.find(({ id }) => id === userId)?.name || userId);
  }
  return { links, doubted };
}
