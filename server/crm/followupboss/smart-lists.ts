// Smart Lists and who is on them. Membership is FUB's to decide; it moves while a list is read (FUB docs: pagination).
import type { CrmListPage, CrmSmartList } from "../crm.ts";
import { fetchPage, pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { personSchema, smartListSchema } from "./schemas.ts";
import { toCrmPerson } from "./to-crm-person.ts";

/** `all=true` brings the lists of the old and the new interface; without it a modern account shows next to none. */
export async function fetchSmartLists(client: FubClient, call: CrmCall): Promise<CrmSmartList[]> {
  const lists: CrmSmartList[] = [];
  const request = {
    path: "/smartLists",
    collection: "smartlists",
    item: smartListSchema,
    query: { all: "true" },
    call,
  };
  for await (const page of pageThrough(client, request)) {
    lists.push(...page.map(({ id, name }) => ({ id, name: name ?? `List ${id}` })));
  }
  return lists;
}

/** Trash and unclaimed people are left out by FUB unless asked for (FUB reference, people). */
export async function fetchSmartListPage(
  client: FubClient,
  list: { readonly id: string; readonly next: string | null },
  call: CrmCall,
): Promise<CrmListPage> {
  const request = {
    path: "/people",
    collection: "people",
    item: personSchema,
    query: { smartListId: list.id },
    call,
  };
  const page = await fetchPage(client, request, list.next ?? undefined);
  return { people: page.items.map(toCrmPerson), next: page.token ?? null, total: page.total };
}

/** One request for the count alone. */
export async function fetchSmartListSize(
  client: FubClient,
  id: string,
  call: CrmCall,
): Promise<number | null> {
  const request = {
    path: "/people",
    collection: "people",
    item: personSchema,
    query: { smartListId: id, limit: "1", fields: "id" },
    call,
  };
  return (await fetchPage(client, request, undefined)).total;
}
