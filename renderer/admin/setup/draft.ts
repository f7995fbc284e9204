// What was changed in a form and not saved yet, and the setup it becomes. Only what changed is sent, so that two people
// may work on different things at once.
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { type FieldRef, isPhone, isSecret, keyOf } from "./field-ref.ts";
import { isAbroad, readPhone } from "./read-phone.ts";

/** A secret's null means "remove it"; a missing entry "as it is". */
export type DraftValue = string | boolean | null;
export interface DraftEntry {
  readonly ref: FieldRef;
  readonly value: DraftValue;
}
/** By keyOf(ref). */
export type Draft = ReadonlyMap<string, DraftEntry>;

export const NO_DRAFT: Draft = new Map();

/** A value equal to the saved one is no change, and neither is a secret's field left empty: only null removes it. */
export function withValue(
  draft: Draft,
  settings: SettingsView,
  ref: FieldRef,
  value: DraftValue | undefined,
): Draft {
  const next = new Map(draft);
  const same = isSecret(ref) ? value === "" : value === savedValue(settings, ref);
  if (value === undefined || same) next.delete(keyOf(ref));
  else next.set(keyOf(ref), { ref, value });
  return next;
}

/** What is in force; "" for what is not set. A secret has no value that could be told. */
export function savedValue(
  settings: SettingsView,
  { scope, tenant, user, name }: FieldRef,
): string | boolean {
  const brokerage = settings.tenants.find(({ domain_name }) => domain_name === tenant);
  const holder =
    scope === "platform"
      ? settings.platform
      : scope === "tenant"
        ? brokerage
        : brokerage?.users.find(({ id }) => id === user);
  const value = (holder as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === "boolean" ? value : typeof value === "string" ? value : "";
}

export function shownValue(draft: Draft, settings: SettingsView, ref: FieldRef): string | boolean {
  const typed = draft.get(keyOf(ref))?.value;
  return typed === undefined || typed === null ? savedValue(settings, ref) : typed;
}

type Fields = Record<string, string | boolean>;

/** Phones leave in E.164, as they will be stored; those from abroad as they were typed, since the gateway knows better. */
function sentValue(ref: FieldRef, value: DraftValue): string | boolean {
  if (typeof value !== "string") return value ?? "";
  const e164 = isPhone(ref) ? readPhone(value) : null;
  return e164 === null || isAbroad(e164) ? value.trim() : e164;
}

/** setup.json (shared/setup.schema.ts) of the changes; a removed secret is "". */
export function setupOf(draft: Draft): Record<string, unknown> {
  const platform: Fields = {};
  const tenants = new Map<string, { fields: Fields; users: Map<string, Fields> }>();
  for (const { ref, value } of draft.values()) {
    const sent = sentValue(ref, value);
    if (ref.scope === "platform") {
      platform[ref.name] = sent;
      continue;
    }
    const tenant = tenants.get(ref.tenant) ?? { fields: {}, users: new Map<string, Fields>() };
    tenants.set(ref.tenant, tenant);
    if (ref.scope === "tenant") tenant.fields[ref.name] = sent;
    else tenant.users.set(ref.user, { ...tenant.users.get(ref.user), [ref.name]: sent });
  }
  return {
    ...(Object.keys(platform).length > 0 && { platform }),
    ...(tenants.size > 0 && {
      tenants: [...tenants].map(([slug, { fields, users }]) => ({
        domain_name: slug,
        ...fields,
        ...(users.size > 0 && { users: [...users].map(([id, user]) => ({ id, ...user })) }),
      })),
    }),
  };
}
