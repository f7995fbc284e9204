// What was seen of a brokerage's agents: which Follow Up Boss user each is, when they opened an app, what went out for them.
// Read from what was stored when it happened. For the identity matrix and the guide.
import { type JournalEntry, journalQuerySchema } from "../../../shared/journal.schema.ts";
import type { TenantSettings, UserSettings } from "../../../shared/settings.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import { toE164 } from "../../base/phone-numbers.ts";
import type { CrmUserTable, UserLinkTable } from "../../db/identity-tables.ts";
import type { Db, EngagementTable } from "../../db/schema.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { BROKERAGE, type KnownKey, type KnownKeys, knownKeys } from "../known-keys.ts";

export type Outreach = Pick<
  EngagementTable,
  | "id"
  | "user_id"
  | "crm_user_id"
  | "crm_account_id"
  | "from_number"
  | "acts_with"
  | "channel"
  | "source"
  | "status"
  | "outcome"
  | "person_id"
  | "campaign_id"
  | "created_at"
>;

export interface ObservedAgent {
  readonly user: Readonly<UserSettings>;
  readonly ownKey: KnownKey | null;
  /** The key that acts for them. */
  readonly key: KnownKey | null;
  /** Account and user in the CRM, as far as known. */
  readonly account: {
    readonly id: string;
    readonly domain: string | null;
    readonly name: string | null;
  } | null;
  readonly crmUserId: string | null;
  readonly profile: CrmUserTable | null;
  readonly link: UserLinkTable | null;
  /** Newest first, both apps. */
  readonly opened: readonly JournalEntry[];
  /** Newest first. */
  readonly outreach: readonly Outreach[];
}

export interface ObservedTenant {
  readonly tenant: Readonly<TenantSettings>;
  readonly keys: KnownKeys;
  readonly agents: readonly ObservedAgent[];
  readonly profiles: readonly CrmUserTable[];
  /** Opened by whoever was none of the agents, newest first. */
  readonly strangers: readonly JournalEntry[];
  readonly outreach: readonly Outreach[];
}

const LATEST_OPENED = 1000;
const LATEST_OF_AGENT = 20;
const LATEST_OUTREACH = 5000;
/** Beyond so many agents those who opened nothing lately are not looked for one by one. */
const MOST_LOOKUPS = 200;

/** @throws GatewayError tenant_not_found. */
export async function observeAgents(deps: AdminDeps, slug: string): Promise<ObservedTenant> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const keys = await knownKeys(deps, slug);
  const profiles = await deps.db.selectFrom("crm_users").selectAll().where("tenant", "=", slug).execute();
  const links = await deps.db.selectFrom("user_links").selectAll().where("tenant", "=", slug).execute();
  const outreach = await latestOutreach(deps.db, slug);
  const latest = await opened(deps, { tenant: slug, limit: LATEST_OPENED });
  const known = { tenant, keys, profiles, links, outreach };
  const agents: ObservedAgent[] = [];
  for (const user of tenant.users)
    agents.push(observeAgent(known, user, await openedBy(deps, tenant, user.id, latest)));
  const strangers = latest.filter((entry) => entry.user_id === null);
  return { tenant, keys, profiles, agents, strangers, outreach };
}

interface Known extends Pick<ObservedTenant, "tenant" | "keys" | "profiles" | "outreach"> {
  readonly links: readonly UserLinkTable[];
}

function observeAgent(
  known: Known,
  user: Readonly<UserSettings>,
  seen: readonly JournalEntry[],
): ObservedAgent {
  const ownKey = known.keys.get(user.id) ?? null;
  const key = ownKey ?? known.keys.get(BROKERAGE) ?? null;
  const identity = key?.identity;
  const account = identity
    ? { id: identity.account_id, domain: identity.account_domain, name: identity.account_name }
    : null;
  const links = known.links
    .filter((link) => link.user_id === user.id && (!account || link.account_id === account.id))
    .toSorted((a, b) => b.learned_at - a.learned_at);
  const told = seen[0]?.detail?.fub_user;
  const crmUserId =
    (typeof told === "string" ? told : null) ?? ownKey?.identity?.user_id ?? links[0]?.crm_user_id ?? null;
  const profiles = known.profiles.filter((one) => !account || one.account_id === account.id);
  const profile =
    crmUserId === null
      ? likelyProfile(profiles, user)
      : profiles.find(({ crm_user_id }) => crm_user_id === crmUserId);
  return {
    user,
    ownKey,
    key,
    account,
    crmUserId,
    profile: profile ?? null,
    link: links[0] ?? null,
    opened: seen,
    outreach: known.outreach.filter((one) => one.user_id === user.id),
  };
}

/** Before they were seen in Follow Up Boss: the one profile with their e-mail, else the one with their phone. */
function likelyProfile(
  profiles: readonly CrmUserTable[],
  user: Readonly<UserSettings>,
): CrmUserTable | undefined {
  const numbers = [user.default_broker_phone, user.display_number].flatMap((text) => toE164(text) ?? []);
  const byEmail = profiles.filter(
    ({ email }) => user.email !== "" && email?.toLowerCase() === user.email.toLowerCase(),
  );
  const byPhone = profiles.filter(({ phone }) => numbers.includes(toE164(phone) ?? ""));
  return [byEmail, byPhone].find(({ length }) => length === 1)?.[0];
}

async function openedBy(
  deps: AdminDeps,
  tenant: Readonly<TenantSettings>,
  userId: string,
  latest: readonly JournalEntry[],
): Promise<JournalEntry[]> {
  const seen = latest.filter((entry) => entry.user_id === userId);
  if (seen.length > 0 || latest.length < LATEST_OPENED || tenant.users.length > MOST_LOOKUPS) return seen;
  return opened(deps, { tenant: tenant.domain_name, user_id: userId, limit: LATEST_OF_AGENT });
}

const opened = (
  deps: AdminDeps,
  query: { tenant: string; user_id?: string; limit: number },
): Promise<JournalEntry[]> =>
  deps.journal.query(journalQuerySchema.parse({ ...query, event: "embed.opened" }));

function latestOutreach(db: Db, tenant: string): Promise<Outreach[]> {
  return db
    .selectFrom("engagements")
    .select([
      "id",
      "user_id",
      "crm_user_id",
      "crm_account_id",
      "from_number",
      "acts_with",
      "channel",
      "source",
      "status",
      "outcome",
      "person_id",
      "campaign_id",
      "created_at",
    ])
    .where("tenant", "=", tenant)
    .orderBy("created_at", "desc")
    .limit(LATEST_OUTREACH)
    .execute();
}
