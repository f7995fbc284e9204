// What was changed in Settings and not saved yet, and the setup it becomes. Places are named as settings_changed names
// them: "platform.SERVER_URL", "tenants.acme.cool_down_minutes", "secrets.tenant/acme/fub_api_key".
import type { SettingsView } from "../../../shared/console/settings.schema.ts";

/** Place → value; a secret's null removes it. */
export type Draft = ReadonlyMap<string, unknown>;
export const NO_DRAFT: Draft = new Map();

export const platformPlace = (name: string): string => `platform.${name}`;
export const tenantPlace = (slug: string, name: string): string => `tenants.${slug}.${name}`;
export const secretPlace = (name: string): string => `secrets.${name}`;
export const isSecretPlace = (place: string): boolean => place.startsWith("secrets.");

/** What is in force at a place; undefined for what is not set, and for every secret. */
export function savedAt(view: SettingsView, place: string): unknown {
  if (isSecretPlace(place)) return undefined;
  const [scope, first = "", ...rest] = place.split(".");
  if (scope === "platform") return fieldOf(view.platform, first);
  return fieldOf(
    view.tenants.find(({ domain_name }) => domain_name === first),
    rest.join("."),
  );
}

const fieldOf = (holder: object | undefined, name: string): unknown =>
  (holder as Readonly<Record<string, unknown>> | undefined)?.[name];

/** Nothing, an empty text and an empty entry are the same; a typed number is the number. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, plain(inner)] as const);
  const kept = entries.filter(([, inner]) => inner !== "" && JSON.stringify(inner) !== "{}");
  return Object.fromEntries(kept.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** Null in a table of outcomes says "without an outcome", which is not the same as no entry. */
const text = (place: string, value: unknown): string =>
  place.endsWith(".outcome_mapping") ? JSON.stringify(value ?? {}) : JSON.stringify(plain(value));

/** A value equal to the saved one is no change; undefined takes a change back. */
export function withChange(draft: Draft, view: SettingsView, place: string, value: unknown): Draft {
  const next = new Map(draft);
  const same = !isSecretPlace(place) && text(place, value) === text(place, savedAt(view, place));
  if (value === undefined || same) next.delete(place);
  else next.set(place, value);
  return next;
}

type Fields = Record<string, unknown>;

/** setup.json (shared/setup.schema.ts) of the changes, and the slugs in the order in which they stand in it. */
export function setupOf(draft: Draft): { readonly setup: Fields; readonly slugs: readonly string[] } {
  const platform: Fields = {};
  const tenants = new Map<string, Fields>();
  const holderOf = (slug: string): Fields => {
    const holder = tenants.get(slug) ?? { domain_name: slug };
    tenants.set(slug, holder);
    return holder;
  };
  for (const [place, value] of draft) {
    const { holder, name } = destination(place, platform, holderOf);
    holder[name] = value ?? "";
  }
  return {
    setup: {
      ...(Object.keys(platform).length > 0 && { platform }),
      ...(tenants.size > 0 && { tenants: [...tenants.values()] }),
    },
    slugs: [...tenants.keys()],
  };
}

function destination(place: string, platform: Fields, holderOf: (slug: string) => Fields) {
  if (isSecretPlace(place)) {
    const [scope, slug = "", name = ""] = place.slice("secrets.".length).split("/");
    return scope === "platform" ? { holder: platform, name: slug } : { holder: holderOf(slug), name };
  }
  const [scope, first = "", ...rest] = place.split(".");
  return scope === "platform"
    ? { holder: platform, name: first }
    : { holder: holderOf(first), name: rest.join(".") };
}

/** "tenants[0].pace.phone" of the gateway's refusal → "tenants.acme.pace.phone". */
export const placeOfError = (path: string, slugs: readonly string[]): string =>
  path.replace(/^tenants\[(\d+)\]/, (_whole, index: string) => `tenants.${slugs[Number(index)] ?? index}`);

/** Where a secret's own refusal is said: it is sent among the fields. */
export function errorPlaceOf(place: string): string {
  if (!isSecretPlace(place)) return place;
  const [scope, slug = "", name = ""] = place.slice("secrets.".length).split("/");
  return scope === "platform" ? platformPlace(slug) : tenantPlace(slug, name);
}
