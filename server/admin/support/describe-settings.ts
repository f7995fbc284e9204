// The settings as a support bundle tells them: switches, numbers and words of closed sets as they are, of everything else
// only whether it is set.
import { CRM_PROVIDERS, type Settings, type TenantSettings } from "../../../shared/settings.schema.ts";
import { TUNNEL_KINDS } from "../../../shared/tunnel-settings.schema.ts";
import { CALL_TYPES, CHANNELS, FUB_CALL_OUTCOMES, OUTCOMES } from "../../../shared/values.ts";
import type { SettingsRoom } from "../../settings/settings-room.ts";
import type { Pseudonym } from "./give-pseudonyms.ts";

/** Words that may stand as values. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...CRM_PROVIDERS,
  ...CHANNELS,
  ...CALL_TYPES,
  ...OUTCOMES,
  ...FUB_CALL_OUTCOMES,
  ...TUNNEL_KINDS,
  "A",
  "B",
  "simulator",
  "hub",
  "silent",
  "error",
  "warn",
  "info",
  "debug",
]);

/** Settings that tell who somebody is, in whatever form they are written. */
const PERSONAL = new Set(["default_broker_phone", "display_number", "email", "name", "domain_name", "id"]);

export function describeSettings(
  room: Pick<SettingsRoom, "current" | "locks" | "vault">,
  name: Pseudonym,
): Record<string, unknown> {
  const { platform, tenants, secrets } = room.current();
  return {
    platform: describeValue(platform),
    locked: [...room.locks()],
    vault: { kind: room.vault().kind, ok: room.vault().ok },
    platform_secrets: namesOf(secrets, "platform/"),
    tenants: tenants.map((tenant) => describeTenant(tenant, secrets, name)),
  };
}

function describeTenant(
  tenant: Readonly<TenantSettings>,
  secrets: Settings["secrets"],
  name: Pseudonym,
): Record<string, unknown> {
  const slug = tenant.domain_name;
  const { users, ...fields } = tenant;
  return {
    ...describeFields(fields),
    tenant: name("tenant", slug),
    secrets: namesOf(secrets, `tenant/${slug}/`),
    agents: users.map((user) => ({
      ...describeFields(user),
      agent: name("agent", `${slug}/${user.id}`),
      secrets: namesOf(secrets, `user/${slug}/${user.id}/`),
    })),
  };
}

const namesOf = (secrets: Settings["secrets"], start: string): string[] =>
  Object.keys(secrets)
    .filter((secret) => secret.startsWith(start))
    .map((secret) => secret.slice(start.length))
    .filter((field) => /^\w+$/.test(field));

function describeFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      PERSONAL.has(field) ? { set: value !== "" } : describeValue(value),
    ]),
  );
}

function describeValue(value: unknown): unknown {
  if (typeof value === "boolean" || typeof value === "number" || value === null) return value;
  if (typeof value === "string") return OWN_WORDS.has(value) ? value : { set: value !== "" };
  if (Array.isArray(value)) return { entries: value.length };
  if (typeof value !== "object") return undefined;
  // A key a person typed is as telling as a value.
  const own = Object.entries(value).filter(([key]) => /^[A-Za-z]+(?:_[A-Za-z]+)*$/.test(key));
  return Object.fromEntries(own.map(([key, inner]) => [key, describeValue(inner)]));
}
