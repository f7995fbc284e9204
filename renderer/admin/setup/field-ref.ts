// Which setting a field of a form stands for, how it is named in a draft, in settings_changed and in the vault.
import type { z } from "zod";
import {
  PLATFORM_SECRETS,
  platformFields,
  TENANT_SECRETS,
  tenantFields,
  USER_SECRETS,
  userFields,
} from "../../../shared/settings.schema.ts";
import { FIELD } from "../texts/setup.ts";
import { readPhone } from "./read-phone.ts";

export type Scope = "platform" | "tenant" | "user";

export interface FieldRef {
  readonly scope: Scope;
  /** Slug; "" for the platform. */
  readonly tenant: string;
  /** Agent's id; "" unless scope is user. */
  readonly user: string;
  /** "fub_api_key" */
  readonly name: string;
}

const SECRETS: Readonly<Record<Scope, Readonly<Record<string, string>>>> = {
  platform: PLATFORM_SECRETS,
  tenant: TENANT_SECRETS,
  user: USER_SECRETS,
};
const FIELDS: Readonly<Record<Scope, Readonly<Record<string, z.ZodType>>>> = {
  platform: platformFields,
  tenant: tenantFields,
  user: userFields,
};

export const isSecret = ({ scope, name }: Pick<FieldRef, "scope" | "name">): boolean =>
  name in SECRETS[scope];

/** One line about a setting, as the product itself describes it; "" for one it does not know. */
export function docOf({ scope, name }: Pick<FieldRef, "scope" | "name">): string {
  const secret = SECRETS[scope][name];
  if (secret !== undefined) return secret;
  return FIELDS[scope][name]?.description ?? "";
}

/** "user/acme/u1/fub_api_key"; for a secret its name in the vault as well. */
export function keyOf({ scope, tenant, user, name }: FieldRef): string {
  if (scope === "platform") return `platform/${name}`;
  return scope === "tenant" ? `tenant/${tenant}/${name}` : `user/${tenant}/${user}/${name}`;
}

/** How a conflict calls it (shared/console/settings.schema.ts, settingsChangedSchema). */
export function conflictPath(ref: FieldRef): string {
  if (isSecret(ref)) return `secrets.${keyOf(ref)}`;
  const { scope, tenant, user, name } = ref;
  if (scope === "platform") return `platform.${name}`;
  return scope === "tenant" ? `tenants.${tenant}.${name}` : `tenants.${tenant}.users.${user}.${name}`;
}

/** "tenant.fub_api_key" of a guide step as a field of this brokerage and agent; null for one nobody knows. */
export function refOf(here: string, tenant: string, user: string | null): FieldRef | null {
  const [scope, name] = here.split(".");
  if (name === undefined) return null;
  if (scope === "platform") return { scope, tenant: "", user: "", name };
  if (scope === "tenant") return { scope, tenant, user: "", name };
  return scope === "user" && user !== null ? { scope, tenant, user, name } : null;
}

/** Numbers by which an agent is recognised, so that no two agents may share one. */
const OWN_PHONES: readonly string[] = ["default_broker_phone", "display_number"];
const PHONES: readonly string[] = [...OWN_PHONES, "twilio_number", "twilio_whatsapp_number"];
export const isOwnPhone = ({ name }: Pick<FieldRef, "name">): boolean => OWN_PHONES.includes(name);
export const isPhone = ({ name }: Pick<FieldRef, "name">): boolean => PHONES.includes(name);

/** What is wrong with a typed text, in the setting's own words; null when it may be saved. */
export function faultOf({ scope, name }: Pick<FieldRef, "scope" | "name">, text: string): string | null {
  if (isPhone({ name })) return text.trim() !== "" && readPhone(text) === null ? FIELD.incomplete : null;
  const field = FIELDS[scope][name];
  if (field === undefined || text.trim() === "") return null;
  const result = field.safeParse(text);
  return result.success ? null : (result.error.issues[0]?.message ?? null);
}
