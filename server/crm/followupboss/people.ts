// People in Follow Up Boss: one by id, the one who has a number or an address, those an event names, those with a tag.
import { plainTag } from "../../../shared/tag-starts.schema.ts";
import { isoTime } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import { nationalDigits, samePhone, toE164 } from "../../base/phone-numbers.ts";
import type { CrmListPage, CrmPerson } from "../crm.ts";
import { type FubClient, parseAnswer } from "./client.ts";
import { isFubId, pathId } from "./fub-id.ts";
import { fetchPage, pageThrough } from "./page-through.ts";
import { personSchema } from "./schemas.ts";
import type { FubCall } from "./start-time-limit.ts";
import { toCrmPerson } from "./to-crm-person.ts";

/** null on 404: unknown, deleted, or not shown to this key (FUB docs: error responses). */
export async function fetchPerson(client: FubClient, id: string, call: FubCall): Promise<CrmPerson | null> {
  try {
    const answer = await client.request({ method: "GET", path: `/people/${pathId(id)}`, call });
    return toCrmPerson(parseAnswer(personSchema, answer));
  } catch (error) {
    if (error instanceof GatewayError && error.code === "crm_not_found") return null;
    throw error;
  }
}

/** By phone, then by e-mail. The found person really carries what was asked for; the filter alone is not believed. */
export async function findPerson(
  client: FubClient,
  by: { readonly phone: string | null; readonly email: string | null },
  call: FubCall,
): Promise<CrmPerson | null> {
  const byPhone = by.phone === null ? null : await findByPhone(client, by.phone, call);
  if (byPhone) return byPhone;
  return by.email === null || by.email.trim() === "" ? null : findByEmail(client, by.email.trim(), call);
}

/** Which spellings FUB's filter takes is not documented: national digits first, then E.164. */
async function findByPhone(client: FubClient, phone: string, call: FubCall): Promise<CrmPerson | null> {
  const e164 = toE164(phone);
  if (e164 === undefined) return null;
  for (const spelling of new Set([nationalDigits(e164), e164])) {
    const people = await filterPeople(client, { phone: spelling }, call);
    const found = bestMatch(people, ({ phones }) =>
      phones.filter(({ value, e164: own }) => samePhone(own ?? value, e164)),
    );
    if (found) return found;
  }
  return null;
}

async function findByEmail(client: FubClient, email: string, call: FubCall): Promise<CrmPerson | null> {
  const wanted = email.toLowerCase();
  const people = await filterPeople(client, { email }, call);
  return bestMatch(people, ({ emails }) =>
    emails.filter(({ value }) => value.trim().toLowerCase() === wanted),
  );
}

/** Somebody whose own number it is goes before somebody who only has it through a relationship. */
function bestMatch(
  people: readonly CrmPerson[],
  matches: (person: CrmPerson) => readonly { readonly relationshipId: string | null }[],
): CrmPerson | null {
  const own = people.find((person) => matches(person).some(({ relationshipId }) => relationshipId === null));
  return own ?? people.find((person) => matches(person).length > 0) ?? null;
}

/** One page: a number or an address belongs to a handful of people at most. */
async function filterPeople(
  client: FubClient,
  query: Record<string, string>,
  call: FubCall,
): Promise<CrmPerson[]> {
  const people: CrmPerson[] = [];
  const request = { path: "/people", collection: "people", item: personSchema, query, call, newestPages: 1 };
  for await (const page of pageThrough(client, request)) people.push(...page.map(toCrmPerson));
  return people;
}

/** As many as a page has (FUB docs: pagination): otherwise the default of 10 would cut the answer short. */
const IDS_AT_ONCE = 100;

/**
 * A request per 100 ids, always to FUB's own address: the `uri` of an event is never followed. The filter alone is not
 * believed, so nobody but those asked for comes back. Trash and unclaimed people are left out (FUB reference, people).
 */
export async function fetchPeopleByIds(
  client: FubClient,
  ids: readonly string[],
  call: FubCall,
): Promise<CrmPerson[]> {
  const asked = [...new Set(ids)].filter(isFubId);
  const people: CrmPerson[] = [];
  for (let start = 0; start < asked.length; start += IDS_AT_ONCE)
    people.push(...(await fetchChunk(client, asked.slice(start, start + IDS_AT_ONCE), call)));
  return people;
}

async function fetchChunk(client: FubClient, ids: readonly string[], call: FubCall): Promise<CrmPerson[]> {
  const missing = new Set(ids);
  const people: CrmPerson[] = [];
  const query = { id: ids.join(","), includeTrash: "false" };
  // More pages than ids would be an answer to another question.
  const request = {
    path: "/people",
    collection: "people",
    item: personSchema,
    query,
    call,
    newestPages: ids.length,
  };
  for await (const page of pageThrough(client, request)) {
    people.push(...page.filter(({ id }) => missing.delete(id)).map(toCrmPerson));
    if (page.length === 0 || missing.size === 0) break;
  }
  return people;
}

/**
 * Last changed first, so that somebody changed meanwhile comes twice rather than never. `since` is in epoch ms, FUB's
 * times are whole seconds: it is asked from the second before. FUB reads a comma in `tags` as "or" (FUB reference,
 * people), so everybody is checked for the tag here; `total` is then FUB's count, not this page's.
 */
export async function fetchPeopleWithTag(
  client: FubClient,
  wanted: { readonly tag: string; readonly since: number | null; readonly next: string | null },
  call: FubCall,
): Promise<CrmListPage> {
  const { tag, since, next } = wanted;
  const query = {
    tags: tag.trim(),
    sort: "-updated",
    updatedAfter: since === null ? undefined : secondBefore(since),
  };
  const request = { path: "/people", collection: "people", item: personSchema, query, call };
  const page = await fetchPage(client, request, next ?? undefined);
  const people = page.items.filter(({ tags }) => tags.some((own) => plainTag(own) === plainTag(tag)));
  return { people: people.map(toCrmPerson), next: page.token ?? null, total: page.total };
}

const secondBefore = (ms: number): string =>
  isoTime(Math.max(0, Math.floor(ms / 1000) * 1000 - 1000)).replace(/\.\d{3}Z$/, "Z");
