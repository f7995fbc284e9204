// What the settings become when a setup is applied: what it names is set, what it leaves out stays. Pure; called by
// apply-setup after the shape was checked.
import {
  PLATFORM_SECRETS,
  type Settings,
  TENANT_SECRETS,
  type TenantSettings,
  tenantSchema,
  USER_SECRETS,
  type UserSettings,
  userSchema,
} from "../../shared/settings.schema.ts";
import type { Setup, TenantSetup, UserSetup } from "../../shared/setup.schema.ts";
import type { SecretName } from "./settings-room.ts";

/** Tenants are matched by domain_name, users by id; tables (`channels`, `pace`, …) are merged entry by entry. */
export function mergeSetup(settings: Settings, setup: Setup): Settings {
  const platform = merged(settings.platform, setup.platform ?? {}, PLATFORM_SECRETS);
  const tenants = upsert(settings.tenants, setup.tenants ?? [], (tenant) => tenant.domain_name, mergeTenant);
  return { ...settings, platform, tenants };
}

function mergeTenant(before: TenantSettings | undefined, change: TenantSetup): TenantSettings {
  const current = before ?? tenantSchema.parse({ domain_name: change.domain_name });
  const { users, channels, outcome_mapping, pace, contact_caps, ...fields } = change;
  return {
    ...merged(current, fields, TENANT_SECRETS),
    channels: merged(current.channels, channels ?? {}, {}),
    outcome_mapping: merged(current.outcome_mapping, outcome_mapping ?? {}, {}),
    pace: merged(current.pace, pace ?? {}, {}),
    contact_caps: merged(current.contact_caps, contact_caps ?? {}, {}),
    users: upsert(current.users, users ?? [], (user) => user.id, mergeUser),
  };
}

function mergeUser(before: UserSettings | undefined, change: UserSetup): UserSettings {
  return merged(before ?? userSchema.parse({ id: change.id }), change, USER_SECRETS);
}

/** `current` with the fields of `change`; secrets left out, and an address set to "" removed. */
function merged<T extends object>(current: T, change: object, secrets: object): T {
  const next = Object.fromEntries<unknown>(Object.entries(current));
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || name in secrets) continue;
    if (value === "" && ADDRESSES.has(name)) delete next[name];
    else next[name] = value;
  }
  return next as T;
}

const ADDRESSES: ReadonlySet<string> = new Set([
  "SERVER_URL",
  "INTERNAL_START_URL",
  "tunnel_address",
  "hub_url",
  "llm_url",
]);

function upsert<T, C>(
  items: readonly T[],
  changes: readonly C[],
  keyOf: (item: T | C) => string,
  merge: (before: T | undefined, change: C) => T,
): T[] {
  const byKey = new Map<string, T>(items.map((item) => [keyOf(item), item]));
  for (const change of changes) byKey.set(keyOf(change), merge(byKey.get(keyOf(change)), change));
  return [...byKey.values()];
}

/** Every secret a setup mentions; "" asks for its removal. */
export function secretsInSetup(setup: Setup): Map<SecretName, string> {
  const found = new Map<SecretName, string>();
  const collect = (item: object, names: object, prefix: string): void => {
    for (const [name, value] of Object.entries(item)) {
      if (name in names && typeof value === "string") found.set(`${prefix}/${name}` as SecretName, value);
    }
  };
  collect(setup.platform ?? {}, PLATFORM_SECRETS, "platform");
  for (const tenant of setup.tenants ?? []) {
    collect(tenant, TENANT_SECRETS, `tenant/${tenant.domain_name}`);
    for (const user of tenant.users ?? [])
      collect(user, USER_SECRETS, `user/${tenant.domain_name}/${user.id}`);
  }
  return found;
}
