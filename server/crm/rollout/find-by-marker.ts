// Finds again what was written and never confirmed: among the notes or calls of the whole account, since Rollout's lists
// take no person. Their order is not documented, so it is read off the first page: newest first is followed until a day
// ago; oldest first is read from its end; no order at all is followed for 20 pages.
// What stays uncertain: whether a thing just written shows in the list at once (reads come from Rollout's own copy);
// whether an account lists notes or calls at all (they are only synced where that was chosen when it was connected); and,
// in a long list without an order, whether it is beyond the 20 pages. In all three the answer is "not found", and what was
// perhaps written is written again.
import type { z } from "zod";
import type { CrmRecord, RecordQuery } from "../crm-record.ts";
import { fetchPage, type ListPage } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { RolloutClient } from "./client.ts";
import { callSchema, noteSchema } from "./schemas.ts";

interface Entry {
  readonly id: string;
  readonly personId: string | null;
  /** Epoch ms. */
  readonly created: number | null;
}

interface Search<T extends Entry> {
  readonly pageAt: (query: { readonly offset?: string; readonly next?: string }) => Promise<ListPage<T>>;
  readonly matches: (entry: T) => boolean;
  /** Epoch ms; what was created before is not looked at. */
  readonly since: number;
}

const PAGE_SIZE = 100;
const MOST_PAGES = 20;
/** What is looked for was written minutes or, after an outage, hours ago. */
const WRITTEN_WITHIN_MS = 24 * 3_600_000;

export function findNote(
  client: RolloutClient,
  personId: string,
  marker: string,
  call: CrmCall,
): Promise<{ id: string } | null> {
  const list = { path: "/notes", collection: "notes", item: noteSchema, call };
  return search({
    pageAt: ({ offset, next }) => fetchPage(client, { ...list, query: { offset } }, next),
    matches: (note) =>
      note.personId === personId && [note.body, note.subject].some((text) => text?.includes(marker)),
    since: client.clock.now() - WRITTEN_WITHIN_MS,
  });
}

export function findCall(
  client: RolloutClient,
  personId: string,
  marker: string,
  call: CrmCall,
): Promise<{ id: string } | null> {
  const list = { path: "/calls", collection: "calls", item: callSchema, call };
  return search({
    pageAt: ({ offset, next }) => fetchPage(client, { ...list, query: { offset } }, next),
    matches: (entry) => entry.personId === personId && (entry.note?.includes(marker) ?? false),
    since: client.clock.now() - WRITTEN_WITHIN_MS,
  });
}

/** What stays uncertain of the searches above is uncertain here too. */
export async function findRecords(
  client: RolloutClient,
  personId: string,
  { kind, since }: RecordQuery,
  call: CrmCall,
): Promise<CrmRecord[]> {
  const found: CrmRecord[] = [];
  const list =
    kind === "notes"
      ? { path: "/notes", collection: "notes", item: noteSchema, call }
      : { path: "/calls", collection: "calls", item: callSchema, call };
  await search<z.output<typeof noteSchema> | z.output<typeof callSchema>>({
    pageAt: ({ offset, next }) => fetchPage<typeof list.item>(client, { ...list, query: { offset } }, next),
    // Never the one: all are looked through.
    matches: (entry) => {
      const text = "note" in entry ? entry.note : `${entry.subject ?? ""}\n${entry.body ?? ""}`;
      if (entry.personId === personId) found.push({ id: entry.id, text: text ?? "", at: entry.created });
      return false;
    },
    since,
  });
  return found;
}

async function search<T extends Entry>(wanted: Search<T>): Promise<{ id: string } | null> {
  const first = await wanted.pageAt({});
  const found = first.items.find(wanted.matches);
  if (found) return { id: found.id };
  if (first.token === undefined) return null;
  const order = orderOf(first.items);
  return order === "oldest first" && first.total !== null
    ? searchFromEnd(wanted, first.total)
    : searchOn(wanted, first, order);
}

/** The pages after the first, one by one. */
async function searchOn<T extends Entry>(
  { pageAt, matches, since }: Search<T>,
  first: ListPage<T>,
  order: ListOrder,
): Promise<{ id: string } | null> {
  let page = first;
  const seen = new Set<string>();
  for (let count = 1; count < MOST_PAGES && page.token !== undefined && !seen.has(page.token); count++) {
    if (order === "newest first" && (page.items.at(-1)?.created ?? since) < since) return null;
    seen.add(page.token);
    page = await pageAt({ next: page.token });
    const found = page.items.find(matches);
    if (found) return { id: found.id };
  }
  return null;
}

/** The last page first. Pages overlap by one place each, since the list may have grown or shrunk meanwhile. */
async function searchFromEnd<T extends Entry>(
  { pageAt, matches, since }: Search<T>,
  total: number,
): Promise<{ id: string } | null> {
  let end = total;
  for (let count = 1; count < MOST_PAGES && end > 0; count++) {
    const offset = Math.max(0, end - PAGE_SIZE);
    const { items } = await pageAt({ offset: String(offset) });
    const found = items.find(matches);
    if (found) return { id: found.id };
    if ((items[0]?.created ?? since) < since) return null;
    end = offset === 0 ? 0 : offset + 1;
  }
  return null;
}

export type ListOrder = "newest first" | "oldest first" | "unknown";

/** By when the entries were created; unknown when one does not say or all say the same. */
export function orderOf(entries: readonly Pick<Entry, "created">[]): ListOrder {
  const times = entries.flatMap(({ created }) => (created === null ? [] : [created]));
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || times.length < entries.length || first === last)
    return "unknown";
  const step = Math.sign(last - first);
  const steady = times.every(
    (time, index) => index === 0 || Math.sign(time - (times[index - 1] ?? time)) !== -step,
  );
  if (!steady) return "unknown";
  return step < 0 ? "newest first" : "oldest first";
}
