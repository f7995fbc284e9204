// Which tags start what: the single start tag of the guide, then the table. Pure.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { plainTag, type TagStart } from "../../shared/tag-starts.schema.ts";

/** Rules whose tag is among `tags`, case and blanks forgiven; the table goes before the single tag. */
export function rulesFor(tenant: Readonly<TenantSettings>, tags: readonly string[]): TagStart[] {
  const named = new Set(tags.map(plainTag));
  return allRules(tenant).filter(({ tag }) => named.has(plainTag(tag)));
}

/** Every tag that starts something. */
export function allRules(tenant: Readonly<TenantSettings>): TagStart[] {
  const { fub_start_call_tag: single, tag_starts: table } = tenant;
  if (single === "" || table.some(({ tag }) => plainTag(tag) === plainTag(single))) return [...table];
  return [...table, { tag: single, channel: "phone", call_type: "informational", instruction: "" }];
}

export const carries = (person: { readonly tags: readonly string[] }, tag: string): boolean =>
  person.tags.some((own) => plainTag(own) === plainTag(tag));
