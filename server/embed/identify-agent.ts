// From a verified context to who acts and with whose key: the agent where one is recognised, else the brokerage's
// account key where there is one, else a page that says what to ask the admin for.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { EmbedContext } from "../crm/followupboss/decode-embed-context.ts";
import { rememberLink } from "../crm/user-links.ts";
import type { AccountBinding } from "./bind-account.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import { gatherUserFacts } from "./gather-user-facts.ts";
import type { ActingUser } from "./make-actor.ts";
import { type MatchRule, mapUser } from "./map-user.ts";

export type Identified =
  | { readonly acting: ActingUser; readonly rule: MatchRule | null }
  | { readonly problem: "user_not_found"; readonly why: string };

export interface IdentifyInput {
  readonly tenant: Readonly<TenantSettings>;
  readonly context: EmbedContext;
  readonly binding: AccountBinding;
  /** Whose own secret signed, if it was an agent's. */
  readonly vouchedUserId: string | null;
}

export async function identifyAgent(deps: EmbedDeps, input: IdentifyInput): Promise<Identified> {
  const { tenant, context, binding } = input;
  const agents = tenant.users.filter((user) => binding.candidates.some((one) => one.userId === user.id));
  const facts = await gatherUserFacts(deps, tenant.domain_name, context, binding);
  const match = mapUser(agents, facts);
  const name = context.user.name ?? "you";
  if (input.vouchedUserId !== null && match?.user.id !== input.vouchedUserId) {
    const why = `This app's secret belongs to the agent ${input.vouchedUserId}, but ${name} is signed in to Follow Up Boss and is not recognised as that agent.`;
    return { problem: "user_not_found", why };
  }
  const acting = { crmUserId: context.user.id, crmUserName: context.user.name };
  if (match) {
    const who = { tenant: tenant.domain_name, accountId: context.account.id, crmUserId: context.user.id };
    await rememberLink(deps, who, match.user.id, match.rule);
    const ownKey = binding.candidates.find((one) => one.userId === match.user.id)?.access;
    return {
      acting: { ...acting, userId: match.user.id, actsWith: ownKey ? `user:${match.user.id}` : "tenant" },
      rule: match.rule,
    };
  }
  if (binding.tenantAccess !== null)
    return { acting: { ...acting, userId: null, actsWith: "tenant" }, rule: null };
  const why = `${name} is signed in to Follow Up Boss, but none of the agents of “${tenant.domain_name}” has this phone or e-mail.`;
  return { problem: "user_not_found", why };
}
