// People behind Rollout: one by id, the one who has a number or an address, those an event names, those with a tag.
import { plainTag } from "../../../shared/tag-starts.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import { nationalDigits } from "../../base/phone-numbers.ts";
import type { CrmListPage, CrmPerson } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import { findPersonBy } from "../find-person.ts";
import { fetchPage } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { RolloutClient } from "./client.ts";
import { isRolloutId, pathId } from "./rollout-id.ts";
import { personSchema, type RolloutPerson } from "./schemas.ts";
import { toCrmPerson } from "./to-crm-person.ts";

const PEOPLE = { path: "/people", collection: "people", item: personSchema } as const;

/** null on 404: unknown or deleted. */
export async function fetchPerson(
  client: RolloutClient,
  id: string,
  call: CrmCall,
): Promise<CrmPerson | null> {
  try {
    const answer = await client.request({ method: "GET", path: `/people/${pathId(id)}`, call });
    return toCrmPerson(parseAnswer(client, personSchema, answer));
  } catch (error) {
    if (error instanceof GatewayError && error.code === "crm_not_found") return null;
    throw error;
  }
}

/**
 * Rollout docs, "How to search for contacts": numbers are bare digits there, with or without country code is not said;
 * addresses are compared letter by letter, so capitals other than these two spellings are not found.
 */
export function findPerson(
  client: RolloutClient,
  by: { readonly phone: string | null; readonly email: string | null },
  call: CrmCall,
): Promise<CrmPerson | null> {
  const filters = {
    phoneSpellings: (e164: string) => [nationalDigits(e164), e164.replace("+", "")],
    emailSpellings: (email: string) => [email, email.toLowerCase()],
    filterPeople: async (query: Readonly<Record<string, string>>) =>
      (await fetchPage(client, { ...PEOPLE, query, call }, undefined)).items.map(toCrmPerson),
  };
  return findPersonBy(filters, by);
}

const AT_ONCE = 8;

/**
 * A request per person, eight under way: the list's `ids` parameter is not declared, and the `uri` of an event, which
 * uses it, is never followed. Whoever is unknown is left out; the order is that of the ids.
 */
export async function fetchPeopleByIds(
  client: RolloutClient,
  ids: readonly string[],
  call: CrmCall,
): Promise<CrmPerson[]> {
  const asked = [...new Set(ids)].filter(isRolloutId);
  const found: (CrmPerson | null)[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < asked.length; index = next++) {
      found[index] = await fetchPerson(client, asked[index] ?? "", call).catch((error: unknown) => {
        // The others need not begin anything more.
        next = asked.length;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, asked.length) }, work));
  return found.filter((person) => person !== null);
}

/**
 * `tags` compares letter by letter (Rollout docs, "How to search for contacts"), so a tag spelled otherwise on a person
 * is not found although the port forgives it. There is no filter by time: `since` is applied to what came, and whoever
 * has no time stays. `total` is Rollout's count of the tag, not of those changed.
 */
export async function fetchPeopleWithTag(
  client: RolloutClient,
  wanted: { readonly tag: string; readonly since: number | null; readonly next: string | null },
  call: CrmCall,
): Promise<CrmListPage> {
  const { tag, since, next } = wanted;
  const page = await fetchPage(client, { ...PEOPLE, query: { tags: tag.trim() }, call }, next ?? undefined);
  const people = page.items.filter(
    (person) =>
      person.tags.some((own) => plainTag(own) === plainTag(tag)) &&
      (since === null || changedSince(person, since)),
  );
  return { people: people.map(toCrmPerson), next: page.token ?? null, total: page.total };
}

/** A second of patience, since times may be whole seconds. */
const changedSince = ({ rolloutUpdated, updated }: RolloutPerson, since: number): boolean =>
  (rolloutUpdated ?? updated ?? Number.POSITIVE_INFINITY) >= since - 1_000;
