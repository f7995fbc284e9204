// The settings as the console shows them: what is in force, which secrets are set and how they were last received, what is
// fixed from outside, which addresses to paste into Follow Up Boss. Called by the settings routes.
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import type { SecretFacts, SettingsView } from "../../shared/console/settings.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { SecretName } from "../settings/settings-room.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { embedUrl } from "./embed-url.ts";
import { type SecretUses, secretUses } from "./secret-uses.ts";

export async function readSettings(deps: AdminDeps): Promise<SettingsView> {
  const { settings } = deps;
  const { platform, tenants } = settings.current();
  const uses = await secretUses(deps);
  return {
    revision: settings.revision(),
    platform: { ...platform },
    tenants: tenants.map((tenant) => ({ ...tenant })),
    secrets: Object.fromEntries(secretNames(deps).map((name) => [name, factsOf(deps, name, uses)])),
    locks: [...settings.lockReasons()].map(([name, by]) => ({ name, by })),
    vault: { ...settings.vault() },
    notices: [...settings.notices()],
    embed_urls: Object.fromEntries(tenants.map((tenant) => [tenant.domain_name, embedUrls(deps, tenant)])),
    public_address_set: settings.publicAddress() !== undefined,
  };
}

/** What an admin pastes into Follow Up Boss (seed 000, "Embedded app URLs" and "Tag-triggered outreach"). */
export function embedUrls(
  deps: Pick<AdminDeps, "settings" | "publicUrl">,
  tenant: Readonly<TenantSettings>,
): { embed: string; campaign: string; webhook: string } {
  const practising = tenant.domain_name === PRACTICE_TENANT;
  const base = (practising ? undefined : deps.settings.publicAddress()) ?? deps.publicUrl();
  const embed = embedUrl(base, tenant);
  return {
    embed,
    campaign: embed.replace("/followupboss/embed", "/followupboss/campaign"),
    webhook: `${base}/integration/followupboss/webhook/${tenant.domain_name}`,
  };
}

/** Those in the vault, and those the environment sets. The gateway's own are nobody's business. */
function secretNames({ settings }: Pick<AdminDeps, "settings">): SecretName[] {
  const stored = Object.keys(settings.current().secrets).filter((name) => !name.startsWith("internal/"));
  const locked = [...settings.lockReasons().keys()]
    .map((name) => `platform/${name}`)
    .filter((name) => settings.secret(name as SecretName) !== undefined);
  return [...new Set([...stored, ...locked])] as SecretName[];
}

/** Two characters of sixteen or more leave the rest as hard to guess as before. */
const LONG_ENOUGH = 16;

function factsOf({ settings }: AdminDeps, name: SecretName, uses: SecretUses): SecretFacts {
  const secret = settings.secret(name);
  const fromEnvironment = settings.lockReasons().has(name.replace("platform/", ""));
  return {
    set_at: fromEnvironment ? null : (settings.current().secrets[name]?.set_at ?? null),
    hint: secret !== undefined && secret.length >= LONG_ENOUGH ? secret.slice(-2) : null,
    from: fromEnvironment ? "environment" : "vault",
    last_used: uses.get(name) ?? null,
  };
}
