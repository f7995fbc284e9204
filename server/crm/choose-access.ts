// Which key acts: in Follow Up Boss the agent's own where they have one, else the brokerage's (seed 000, "Per-user
// settings"); at Rollout always the brokerage's connected account.
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { sha256Hex } from "../base/hmac.ts";
import type { CrmAccess } from "./crm.ts";

export type ActsWith = "tenant" | `user:${string}`;

/** Where keys and a brokerage's CRM are looked up: the settings. */
export interface AccessSource {
  secret(name: `tenant/${string}/fub_api_key` | `user/${string}/${string}/fub_api_key`): string | undefined;
  tenant(slug: string): Readonly<TenantSettings> | undefined;
}

/** The key with a fingerprint that is safe to store; undefined when it is not set, or the brokerage has no CRM it is for. */
export function chooseAccess(
  settings: AccessSource,
  slug: string,
  actsWith: ActsWith | string,
): CrmAccess | undefined {
  const tenant = settings.tenant(slug);
  if (tenant?.crm_sync_provider === "rollout")
    return actsWith === "tenant" ? rolloutAccess(tenant) : undefined;
  return followUpBossAccess(settings, slug, actsWith);
}

/** The Follow Up Boss key, whichever CRM the brokerage has chosen. */
export function followUpBossAccess(
  settings: Pick<AccessSource, "secret">,
  slug: string,
  actsWith: ActsWith | string,
): CrmAccess | undefined {
  const key = actsWith.startsWith("user:")
    ? settings.secret(`user/${slug}/${actsWith.slice("user:".length)}/fub_api_key`)
    : settings.secret(`tenant/${slug}/fub_api_key`);
  return key === undefined || key === "" ? undefined : typedAccess(slug, key);
}

/** A Follow Up Boss key of this brokerage, saved or only typed; the practice brokerage's are for the pretend one only. */
export const typedAccess = (slug: string, key: string): CrmAccess =>
  slug === PRACTICE_TENANT
    ? { id: accessId(`practice/${key}`), key, practice: true }
    : { id: accessId(key), key };

/** A key as forms show it when it is not to be read: stars or dots. */
const MASKED = /^\s*$|[*•…]{2,}/;

/** False for what stands for the saved key: nothing, or a mask. */
export const isTypedKey = (key: string | undefined): key is string => key !== undefined && !MASKED.test(key);

/** The brokerage's account as connected at Rollout; undefined while no credential id is set. */
export function rolloutAccess(
  tenant: Pick<TenantSettings, "domain_name" | "rollout_credential_id" | "rollout_consumer_key">,
): CrmAccess | undefined {
  const key = tenant.rollout_credential_id;
  if (key === "") return undefined;
  const consumerKey = tenant.rollout_consumer_key || tenant.domain_name;
  return { id: accessId(`rollout/${consumerKey}/${key}`), key, rollout: { consumerKey } };
}

/** Fingerprint of a key: names it in tables and logs without telling it. */
export const accessId = (key: string): string => sha256Hex(`crm access ${key}`).slice(0, 24);
