// Which secrets may have signed an embed, in the guide's order (seed 000, "Embed secret resolution order"). The order of
// per-user secrets is not given there; they come last, so that a secret shared with the brokerage counts as its own.
import type {
  PlatformSecret,
  TenantSecret,
  TenantSettings,
  UserSecret,
} from "../../shared/settings.schema.ts";
import type { EmbedSecret } from "../crm/followupboss/verify-embed.ts";
import type { SecretName, SettingsRoom } from "../settings/settings-room.ts";

export type EmbedApp = "embed" | "campaign";
type ReadSecret = SettingsRoom["secret"];

const TENANT_ORDER: Readonly<Record<EmbedApp, readonly TenantSecret[]>> = {
  embed: ["fub_embedded_app_secret"],
  campaign: ["fub_campaign_embedded_app_secret", "fub_embedded_app_secret"],
};

const PLATFORM_ORDER: Readonly<Record<EmbedApp, readonly PlatformSecret[]>> = {
  embed: ["FUB_EMBEDDED_APP_SECRET", "FUB_SYSTEM_KEY"],
  campaign: ["FUB_CAMPAIGN_EMBEDDED_APP_SECRET", "FUB_EMBEDDED_APP_SECRET", "FUB_SYSTEM_KEY"],
};

/** FUB issues one secret per app; a hybrid brokerage may still have entered only one for an agent. */
const USER_ORDER: Readonly<Record<EmbedApp, readonly UserSecret[]>> = {
  embed: ["fub_embedded_app_secret"],
  campaign: ["fub_campaign_embedded_app_secret", "fub_embedded_app_secret"],
};

/** A secret that may have signed, by its name in the settings. */
export interface CandidateName {
  readonly name: SecretName;
  /** As it is told on the page. */
  readonly origin: string;
  readonly userId?: string;
}

/** In order, whether or not they are set. */
export function candidateNames(
  app: EmbedApp,
  tenant: Readonly<TenantSettings> | undefined,
): readonly CandidateName[] {
  const platform = PLATFORM_ORDER[app].map((name) => named(`platform/${name}`, `gateway ${name}`));
  if (!tenant) return platform;
  const slug = tenant.domain_name;
  const own = TENANT_ORDER[app].map((name) => named(`tenant/${slug}/${name}`, `account ${name}`));
  const users = tenant.users.flatMap(({ id }) =>
    USER_ORDER[app].map((name) => ({
      ...named(`user/${slug}/${id}/${name}`, `user ${id} ${name}`),
      userId: id,
    })),
  );
  return [...own, ...platform, ...users];
}

const named = (name: SecretName, origin: string): CandidateName => ({ name, origin });

/** Candidates with their origin known; secrets that are not set are left out. */
export function embedCandidates(
  app: EmbedApp,
  tenant: Readonly<TenantSettings> | undefined,
  secret: ReadSecret,
): EmbedSecret[] {
  return candidateNames(app, tenant).flatMap(({ name, origin, userId }) =>
    candidate(origin, secret(name), userId),
  );
}

/** Secrets of the same tenant that belong to the other app: tells "the wrong app's secret" from "no secret of yours". */
export function otherAppCandidates(
  app: EmbedApp,
  tenant: Readonly<TenantSettings>,
  secret: ReadSecret,
): EmbedSecret[] {
  const here = new Set(embedCandidates(app, tenant, secret).map((known) => known.secret));
  const there = embedCandidates(app === "embed" ? "campaign" : "embed", tenant, secret);
  return there.filter((known) => !here.has(known.secret));
}

function candidate(origin: string, secret: string | undefined, userId?: string): EmbedSecret[] {
  if (secret === undefined || secret === "") return [];
  return [userId === undefined ? { origin, secret } : { origin, secret, userId }];
}
