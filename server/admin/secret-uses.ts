// When each secret was last seen to work, or not: keys from Follow Up Boss's answers, app secrets from the apps that opened
// with them, the rest from what came in or went out. What was seen before a secret was set says nothing about it.
import type { SecretFacts } from "../../shared/console/settings.schema.ts";
import { type JournalEntry, journalQuerySchema } from "../../shared/journal.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { BROKERAGE, knownKeys } from "./known-keys.ts";

export type SecretUse = NonNullable<SecretFacts["last_used"]>;
/** By the secret's name. */
export type SecretUses = ReadonlyMap<string, SecretUse>;

export async function secretUses(deps: AdminDeps): Promise<SecretUses> {
  const uses = new Map<string, SecretUse>();
  const { secrets, tenants } = deps.settings.current();
  const add = (name: string, use: SecretUse | null): void => {
    const known = uses.get(name);
    if (!use || use.at < (secrets[name]?.set_at ?? "") || (known && known.at >= use.at)) return;
    uses.set(name, use);
  };
  for (const { domain_name } of tenants) {
    for (const [name, use] of await keyUses(deps, domain_name)) add(name, use);
    for (const [name, use] of await appUses(deps, domain_name)) add(name, use);
    for (const [name, use] of await integratorUses(deps, domain_name)) add(name, use);
  }
  add("platform/FUB_SYSTEM_KEY", await systemKeyUse(deps));
  return uses;
}

type Uses = readonly (readonly [name: string, use: SecretUse])[];

async function keyUses(deps: AdminDeps, slug: string): Promise<Uses> {
  return [...(await knownKeys(deps, slug))].flatMap(([owner, { works, at, sentence }]) => {
    if (works === null || at === null) return [];
    const name = owner === BROKERAGE ? `tenant/${slug}/fub_api_key` : `user/${slug}/${owner}/fub_api_key`;
    return [[name, { at, accepted: works, sentence }] as const];
  });
}

const LATEST_OPENED = 500;

async function appUses(deps: AdminDeps, tenant: string): Promise<Uses> {
  const query = journalQuerySchema.parse({ tenant, event: "embed.opened", limit: LATEST_OPENED });
  const entries = await deps.journal.query(query);
  return entries.flatMap((entry) => {
    const name = secretThatSigned(entry, tenant);
    return name ? [[name, { at: entry.at, accepted: true, sentence: `${entry.message}.` }] as const] : [];
  });
}

/** `signed_with` is "account X", "gateway X" or "user <id> X" (embed-candidates). */
function secretThatSigned(entry: JournalEntry, tenant: string): string | null {
  const origin = entry.detail?.signed_with;
  const [whose, ...rest] = typeof origin === "string" ? origin.split(" ") : [];
  if (whose === "account") return `tenant/${tenant}/${rest.join(" ")}`;
  if (whose === "gateway") return `platform/${rest.join(" ")}`;
  return whose === "user" ? `user/${tenant}/${rest.join("/")}` : null;
}

const INTEGRATORS = ["integration", "direct", "start_from_person", "bulk"];

async function integratorUses({ db }: AdminDeps, tenant: string): Promise<Uses> {
  const started = await db
    .selectFrom("engagements")
    .select("created_at")
    .where("tenant", "=", tenant)
    .where("source", "in", INTEGRATORS)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  const delivered = await db
    .selectFrom("deliveries")
    .select("received_at")
    .where("tenant", "=", tenant)
    .where("signature", "=", "raw_body")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  const uses: (readonly [string, SecretUse])[] = [];
  if (started)
    uses.push([
      `tenant/${tenant}/call_management_api_key`,
      used(started.created_at, "A program started an outreach."),
    ]);
  if (delivered)
    uses.push([
      `tenant/${tenant}/webhook_secret`,
      used(delivered.received_at, "A webhook was signed with it."),
    ]);
  return uses;
}

const used = (at: number, sentence: string): SecretUse => ({ at: isoTime(at), accepted: true, sentence });

/** Follow Up Boss answers nobody without it. */
async function systemKeyUse({ db }: AdminDeps): Promise<SecretUse | null> {
  const answered = await db
    .selectFrom("crm_identities")
    .select((select) => select.fn.max("checked_at").as("at"))
    .executeTakeFirst();
  return answered?.at ? used(Number(answered.at), "Follow Up Boss answered.") : null;
}
