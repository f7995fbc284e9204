// What somebody else changed between two states of the settings, place by place; secrets are named only. Pure; called by
// revisions when two consoles save at once.
import { isDeepStrictEqual } from "node:util";
import type { Settings, TenantSettings, UserSettings } from "../../shared/settings.schema.ts";

export interface ChangedPlace {
  /** "platform.SERVER_URL", "tenants.acme.users.u1.email", "tenants.acme", "secrets.tenant/acme/fub_api_key". */
  readonly path: string;
  /** The value now; null for what is gone, "added" for what is new as a whole; missing for a secret. */
  readonly theirs?: unknown;
}

export function compareSettings(before: Settings, now: Settings): ChangedPlace[] {
  return [
    ...fields("platform", before.platform, now.platform),
    ...items(before.tenants, now.tenants, (tenant) => tenant.domain_name, "tenants", tenantChanges),
    ...secretChanges(before, now),
  ];
}

function tenantChanges(path: string, before: TenantSettings, now: TenantSettings): ChangedPlace[] {
  const { users: usersBefore, ...fieldsBefore } = before;
  const { users, ...fieldsNow } = now;
  const byId = (user: UserSettings): string => user.id;
  return [
    ...fields(path, fieldsBefore, fieldsNow),
    ...items(usersBefore, users, byId, `${path}.users`, fields),
  ];
}

function fields(path: string, before: object, now: object): ChangedPlace[] {
  const was = new Map<string, unknown>(Object.entries(before));
  const is = new Map<string, unknown>(Object.entries(now));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => !isDeepStrictEqual(was.get(name), is.get(name)))
    .map((name) => ({ path: `${path}.${name}`, theirs: is.get(name) ?? null }));
}

function items<T>(
  before: readonly T[],
  now: readonly T[],
  keyOf: (item: T) => string,
  path: string,
  inside: (path: string, before: T, now: T) => ChangedPlace[],
): ChangedPlace[] {
  const was = new Map(before.map((item) => [keyOf(item), item]));
  const is = new Map(now.map((item) => [keyOf(item), item]));
  const gone = [...was.keys()].filter((key) => !is.has(key));
  return [
    ...gone.map((key) => ({ path: `${path}.${key}`, theirs: null })),
    ...[...is].flatMap(([key, item]) => {
      const old = was.get(key);
      return old === undefined
        ? [{ path: `${path}.${key}`, theirs: "added" }]
        : inside(`${path}.${key}`, old, item);
    }),
  ];
}

function secretChanges({ secrets: before }: Settings, { secrets: now }: Settings): ChangedPlace[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((name) => !name.startsWith("internal/") && before[name]?.set_at !== now[name]?.set_at)
    .map((name) => ({ path: `secrets.${name}` }));
}
