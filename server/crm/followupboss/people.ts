// People in Follow Up Boss: one by id, the one who has a number or an address, those an event names, those with a tag.
import { plainTag } from "../../../shared/tag-starts.schema.ts";
import { isoTime } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import { nationalDigits } from "../../base/phone-numbers.ts";
import type { CrmListPage, CrmPerson } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import { findPersonBy, type PersonFilters } from "../find-person.ts";
import { fetchPage, pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { isFubId, pathId } from "./fub-id.ts";
import { personSchema } from "./schemas.ts";
import { toCrmPerson } from "./to-crm-person.ts";

/** null on 404: unknown, deleted, or not shown to this key (FUB docs: error responses). */
export async function fetchPerson(client: FubClient, id: string, call: CrmCall): Promise<CrmPerson | null> {
  try {
    const answer = await client.request({ method: "GET", path: `/people/${pathId(id)}`, call });
    return toCrmPerson(parseAnswer(client, personSchema, answer));
  } catch (error) {
    if (error instanceof GatewayError && error.code === "crm_not_found") return null;
    throw error;
  }
}

/** Which spellings FUB's filter takes is not documented: national digits first, then E.164. */
export function findPerson(
  client: FubClient,
  by: { readonly phone: string | null; readonly email: string | null },
  call: CrmCall,
): Promise<CrmPerson | null> {
  const filters: PersonFilters = {
    phoneSpellings: (e164) => [nationalDigits(e164), e164],
    emailSpellings: (email) => [email],
    filterPeople: (query) => filterPeople(client, query, call),
  };
  return findPersonBy(filters, by);
}

/** One page: a number or an address belongs to a handful of people at most. */
async function filterPeople(
  client: FubClient,
  query: Readonly<Record<string, string>>,
  call: CrmCall,
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
  call: CrmCall,
): Promise<CrmPerson[]> {
  const asked = [...new Set(ids)].filter(isFubId);
  const people: CrmPerson[] = [];
  for (let start = 0; start < asked.length; start += IDS_AT_ONCE)
    people.push(...(await fetchChunk(client, asked.slice(start, start + IDS_AT_ONCE), call)));
  return people;
}

async function fetchChunk(client: FubClient, ids: readonly string[], call: CrmCall): Promise<CrmPerson[]> {
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
  call: CrmCall,
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
