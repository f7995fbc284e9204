// What the rules of the moment say about a person's numbers and addresses, for the page: who asked not to be contacted, and
// where it is too early or too late. One look into the list; the start asks every rule again.
import type { EmbedContact } from "../../shared/embed.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { type Channel, isVoice } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import type { EmbedDeps } from "./embed-deps.ts";

export interface RulesPlace {
  readonly tenant: Readonly<TenantSettings>;
  readonly accountId: string;
  readonly personId: string;
}

/** The contacts with what the rules say of each. */
export async function describeRules(
  deps: EmbedDeps,
  place: RulesPlace,
  contacts: readonly EmbedContact[],
): Promise<EmbedContact[]> {
  const blocks = await blocksOf(deps, place, contacts);
  return contacts.map((contact) => {
    const block = (channel: Channel) => blocks.find((one) => holds(one, contact.value, channel));
    const closed = contact.channels.filter((channel) => block(channel));
    const hours = describeHours(deps, place.tenant, contact);
    const said = closed[0] === undefined ? undefined : block(closed[0]);
    return {
      ...contact,
      channels: contact.channels.filter((channel) => !closed.includes(channel)),
      note: said ? SAID[said.kind] : contact.note,
      ...(hours === undefined ? {} : { hours }),
    };
  });
}

const SAID = {
  opt_out: "Asked not to be contacted",
  do_not_call: "On the do-not-contact list",
} as const;

interface Block {
  readonly kind: "opt_out" | "do_not_call";
  readonly contact: string | null;
  readonly scope: string;
}

const holds = ({ contact, scope }: Block, value: string, channel: Channel): boolean =>
  (contact === null || contact === value.toLowerCase()) && (scope === "all" || scope === channel);

async function blocksOf(
  deps: EmbedDeps,
  { tenant, accountId, personId }: RulesPlace,
  contacts: readonly EmbedContact[],
): Promise<Block[]> {
  const values = contacts.map(({ value }) => value.toLowerCase());
  const rows = await deps.db
    .selectFrom("suppressions")
    .select(["kind", "contact", "scope", "person_id", "crm_account_id"])
    .where("tenant", "=", tenant.domain_name)
    .where("ended_at", "is", null)
    .where((where) =>
      where.or([
        where("contact", "in", values.length === 0 ? [""] : values),
        where.and([where("crm_account_id", "=", accountId), where("person_id", "=", personId)]),
      ]),
    )
    .execute();
  // What holds for the person holds for every number of theirs; the same id in another account is somebody else.
  return rows.map((row) =>
    row.person_id === personId && row.crm_account_id === accountId ? { ...row, contact: null } : row,
  );
}

/** Only where somebody is really reached, or the brokerage wants the hours to hold always. */
function describeHours(
  deps: EmbedDeps,
  tenant: Readonly<TenantSettings>,
  contact: EmbedContact,
): EmbedContact["hours"] {
  if (contact.kind === "email" || tenant.contact_hours === "never") return undefined;
  const at = deps.clock.now();
  const closed = contact.channels.flatMap((channel) => {
    const reaches = deps.providers.get(deps.providers.chosen(tenant, channel)).reachesPeople;
    if (!reaches && tenant.contact_hours !== "always") return [];
    const kind = isVoice(channel) ? ("calls" as const) : ("texts" as const);
    const verdict = deps.rules.hours.at({ contact: contact.value, kind, at });
    if (verdict.open) return [];
    const { until, detail } = verdict;
    const opens = deps.rules.hours.sayOpening(contact.value, until, at);
    return [[channel, { opens_at: isoTime(until), opens, sentence: detail }] as const];
  });
  return closed.length === 0 ? undefined : Object.fromEntries(closed);
}
