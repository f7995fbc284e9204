// Finds people from whatever support staff are told: a number in any form, a name, an address, an id.
import { sql } from "kysely";
import type { PeopleSearch, PersonHit } from "../../shared/console/people.schema.ts";
import { isoTime } from "../base/clock.ts";
import { toE164 } from "../base/phone-numbers.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import type { AdminDeps } from "./admin-deps.ts";

/** Outreaches looked through for different people. */
const MOST_ROWS = 1_000;
type FoundBy = PersonHit["found_by"];
type Row = Pick<
  EngagementRow,
  "id" | "tenant" | "crm_account_id" | "person_id" | "person_name" | "contact" | "created_at"
>;

export async function findPeople(deps: AdminDeps, query: PeopleSearch): Promise<PersonHit[]> {
  const rows = await findRows(deps, query);
  const people = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.tenant, row.crm_account_id, row.person_id ?? row.contact]);
    people.set(key, [...(people.get(key) ?? []), row]);
  }
  const hits: PersonHit[] = [];
  for (const found of [...people.values()].slice(0, query.limit))
    hits.push(await describe(deps, query, found));
  return hits.length > 0 ? hits : openedOnly(deps, query);
}

/** What is written out in full is looked up; only where that finds nothing, everything is looked through. */
async function findRows(deps: AdminDeps, { search, tenant }: PeopleSearch): Promise<Row[]> {
  let select = deps.db
    .selectFrom("engagements")
    .select(["id", "tenant", "crm_account_id", "person_id", "person_name", "contact", "created_at"])
    .orderBy("id", "desc")
    .limit(MOST_ROWS);
  if (tenant) select = select.where("tenant", "=", tenant);
  const whole = await select
    .where((where) =>
      where.or([
        where("contact", "in", [toE164(search) ?? search.toLowerCase(), search]),
        where("person_id", "=", search),
        where("id", "=", search),
      ]),
    )
    .execute();
  if (whole.length > 0) return whole;
  return select
    .where((where) =>
      where.or([contains("contact", digitsOf(search) ?? search), contains("person_name", search)]),
    )
    .execute();
}

function contains(column: "contact" | "person_name", text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
}

/** At least four digits of a number as people write it. */
function digitsOf(search: string): string | undefined {
  const digits = /^[\d\s()+.-]+$/.test(search) ? search.replace(/\D/g, "") : "";
  return digits.length >= 4 ? digits.replace(/^1(?=\d{10}$)/, "") : undefined;
}

function foundBy({ search }: PeopleSearch, rows: readonly Row[]): FoundBy {
  if (rows.some(({ id }) => id === search)) return "outreach";
  if (rows.some(({ person_id }) => person_id === search)) return "person_id";
  if (search.includes("@")) return "email";
  return digitsOf(search) !== undefined || toE164(search) !== undefined ? "phone" : "name";
}

/** `rows`: what was found of one person, newest first. */
async function describe(deps: AdminDeps, query: PeopleSearch, rows: readonly Row[]): Promise<PersonHit> {
  const [newest] = rows;
  if (!newest) throw new Error("a person without an outreach");
  let select = deps.db.selectFrom("engagements").where("tenant", "=", newest.tenant);
  select =
    newest.person_id === null
      ? select.where("person_id", "is", null).where("contact", "=", newest.contact)
      : select.where("person_id", "=", newest.person_id);
  if (newest.crm_account_id !== null) select = select.where("crm_account_id", "=", newest.crm_account_id);
  const all = await select
    .select(["id", "contact", "person_name", "created_at"])
    .orderBy("id", "desc")
    .limit(MOST_ROWS)
    .execute();
  const contacts = [...new Set(all.flatMap(({ contact }) => (contact === null ? [] : [contact])))];
  const name = all.find(({ person_name }) => person_name)?.person_name;
  return {
    tenant: newest.tenant,
    person_id: newest.person_id,
    name: name ?? contacts[0] ?? `Person ${newest.person_id ?? ""}`.trim(),
    contacts,
    outreaches: all.length,
    last_at: isoTime(all[0]?.created_at ?? newest.created_at),
    last_engagement_id: all[0]?.id ?? newest.id,
    found_by: foundBy(query, rows),
    story: {
      tenant: newest.tenant,
      ...(newest.crm_account_id === null ? {} : { account: newest.crm_account_id }),
      ...(newest.person_id === null ? { engagement_id: newest.id } : { person_id: newest.person_id }),
    },
  };
}

/** Somebody the app was opened on, but who was never reached out to, is known by id alone. */
async function openedOnly(deps: AdminDeps, { search, tenant }: PeopleSearch): Promise<PersonHit[]> {
  if (!/^\d{1,18}$/.test(search)) return [];
  await deps.journal.flush();
  const entries = await deps.journal.query({ person_id: search, limit: 50, ...(tenant ? { tenant } : {}) });
  const tenants = [...new Set(entries.flatMap((entry) => (entry.tenant === null ? [] : [entry.tenant])))];
  return tenants.map((slug) => ({
    tenant: slug,
    person_id: search,
    name: `Person ${search}`,
    contacts: [],
    outreaches: 0,
    last_at: entries.find((entry) => entry.tenant === slug)?.at ?? isoTime(deps.clock.now()),
    last_engagement_id: null,
    found_by: "person_id" as const,
    story: { tenant: slug, person_id: search },
  }));
}
