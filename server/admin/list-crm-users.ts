// The people of a Follow Up Boss account, ready to be taken over as agents: numbers in one form, who is an agent already,
// what speaks against it. What was read of their profiles is kept, so that the identity matrix can compare.
import type { CrmUserRow, CrmUsers } from "../../shared/console/crm-users.schema.ts";
import type { TenantSettings, UserSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { nationalForm, toE164 } from "../base/phone-numbers.ts";
import type { CrmUser } from "../crm/crm.ts";
import { requireAccess } from "../engagements/require-access.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { keepProfiles } from "./keep-profiles.ts";
import { BROKERAGE, type KnownKeys, knownKeys } from "./known-keys.ts";

/** The rules by which an app recognises an agent. */
export type MatchAgent = (
  agents: readonly Readonly<UserSettings>[],
  facts: {
    readonly phones: readonly string[];
    readonly email: string | null;
    readonly learnedUserId: string | null;
  },
) => { readonly userId: string; readonly rule: "phone" | "crm_user_id" | "email" } | null;

export interface CrmUsersDeps extends AdminDeps {
  readonly matchAgent: MatchAgent;
}

/** @param key "tenant", or an agent's id. @throws GatewayError tenant_not_found, crm_*. */
export async function listCrmUsers(deps: CrmUsersDeps, slug: string, key: string): Promise<CrmUsers> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const access = requireAccess(deps.settings, slug, key === BROKERAGE ? "tenant" : `user:${key}`);
  const identity = await deps.identities.learn(access, { priority: "interactive" });
  const users = await deps.crm.users({ access, priority: "interactive" });
  await keepProfiles(deps, { tenant: slug, accountId: identity.accountId }, users);
  const learned = await learnedUsers(deps, slug, identity.accountId);
  const [only] = users;
  return {
    account: { id: identity.accountId, domain: identity.accountDomain, name: identity.accountName },
    key,
    users: rowsOf(deps.matchAgent, tenant, users, learned),
    complete: users.length !== 1 || only?.id !== identity.userId || identity.isOwner === true,
  };
}

/** Follow Up Boss user → the agent they are known as: whose own key it is, else an earlier match. */
async function learnedUsers(deps: AdminDeps, slug: string, accountId: string): Promise<Map<string, string>> {
  const links = await deps.db
    .selectFrom("user_links")
    .select(["crm_user_id", "user_id"])
    .where("tenant", "=", slug)
    .where("account_id", "=", accountId)
    .execute();
  const keys: KnownKeys = await knownKeys(deps, slug);
  const own = [...keys].flatMap(([owner, { identity }]) =>
    owner !== BROKERAGE && identity?.account_id === accountId ? [[identity.user_id, owner] as const] : [],
  );
  return new Map([...links.map((link) => [link.crm_user_id, link.user_id] as const), ...own]);
}

function rowsOf(
  matchAgent: MatchAgent,
  tenant: Readonly<TenantSettings>,
  users: readonly CrmUser[],
  learned: ReadonlyMap<string, string>,
): CrmUserRow[] {
  const taken = new Set(tenant.users.map((user) => user.id));
  return users.map((user) => {
    const e164 = toE164(user.phone) ?? null;
    const phones = user.phone === null || user.phone === "" ? [] : [{ given: user.phone, e164 }];
    const match = matchAgent(tenant.users, {
      phones: e164 === null ? [] : [e164],
      email: user.email,
      learnedUserId: learned.get(user.id) ?? null,
    });
    const agent = tenant.users.find((one) => one.id === match?.userId);
    const row = {
      crm_user_id: user.id,
      name: user.name,
      email: user.email,
      role: user.role,
      active: null,
      phones,
      agent:
        match && agent ? { user_id: agent.id, name: agent.name || agent.id, matched_by: match.rule } : null,
      suggested_id: suggestId(user, taken),
    };
    taken.add(row.suggested_id);
    return { ...row, problems: problemsOf(user, e164, users, tenant) };
  });
}

function suggestId(user: CrmUser, taken: ReadonlySet<string>): string {
  const first = user.name
    .normalize("NFKD")
    .toLowerCase()
    .split(/\s+/)[0]
    ?.replace(/[^a-z0-9]/g, "");
  const base = first || `u${user.id.replace(/\W/g, "")}`;
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}${n}`)) return `${base}${n}`;
}

function problemsOf(
  user: CrmUser,
  e164: string | null,
  all: readonly CrmUser[],
  tenant: Readonly<TenantSettings>,
): CrmUserRow["problems"] {
  const others = all.filter((other) => other.id !== user.id);
  const email = user.email?.toLowerCase();
  const samePhone = e164 === null ? [] : others.filter((other) => toE164(other.phone) === e164);
  const sameEmail = email ? others.filter((other) => other.email?.toLowerCase() === email) : [];
  const agents = e164 === null ? [] : tenant.users.filter((agent) => numbersOf(agent).includes(e164));
  const names = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join(", ");
  const found: CrmUserRow["problems"] = [];
  if (!user.phone) found.push({ kind: "no_phone", sentence: "Their Follow Up Boss profile has no phone." });
  else if (e164 === null)
    found.push({ kind: "bad_phone", sentence: `“${user.phone}” is not a complete phone number.` });
  if (samePhone.length > 0) {
    const sentence = `${names(samePhone)} has the same phone, ${nationalForm(e164 ?? "")}; agents are told apart by it.`;
    found.push({ kind: "same_phone", sentence });
  }
  if (sameEmail.length > 0)
    found.push({ kind: "same_email", sentence: `${names(sameEmail)} has the same e-mail.` });
  if (agents.length > 1) {
    const sentence = `The agents ${agents.map((agent) => agent.name || agent.id).join(" and ")} both have this phone here.`;
    found.push({ kind: "several_agents", sentence });
  }
  return found;
}

const numbersOf = (agent: Readonly<UserSettings>): string[] =>
  [agent.default_broker_phone, agent.display_number].flatMap((phone) => toE164(phone) ?? []);
