// People in Follow Up Boss: one by id, and the one who has a number or an address.
import { GatewayError } from "../../base/errors.ts";
import { nationalDigits, samePhone, toE164 } from "../../base/phone-numbers.ts";
import type { CrmPerson } from "../crm.ts";
import { type FubClient, parseAnswer } from "./client.ts";
import { pathId } from "./fub-id.ts";
import { pageThrough } from "./page-through.ts";
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
