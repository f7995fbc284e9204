// Reads a list page by page, by cursor, without ever following a link. Called by every resource that lists.
import { z } from "zod";
import { RETRY_NEVER } from "../base/errors.ts";
import { type CrmAnswer, type CrmClient, parseAnswer } from "./exchange-http.ts";
import type { CrmCall } from "./start-time-limit.ts";

export interface ListRequest<S extends z.ZodType<{ readonly id: string }>> {
  /** Below the base address, e.g. "/people". */
  readonly path: string;
  /** Key of the list where `_metadata.collection` does not say. */
  readonly collection: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly item: S;
  readonly call: CrmCall;
  /** Stop quietly after so many pages: for a search of the newest. Without it the list is read to its end. */
  readonly newestPages?: number;
}

/** One page as it came. */
export interface ListPage<T> {
  readonly items: T[];
  /** Where the next page begins; undefined on the last. */
  readonly token: string | undefined;
  /** null when the CRM does not say. */
  readonly total: number | null;
}

/** FUB docs: pagination. 100 is the most a page may have; Rollout names no most, its own programs ask for as many. */
const PAGE_SIZE = "100";
/** 100,000 items; no list here is longer, so more is a cursor that never ends. */
const MOST_PAGES = 1_000;

const pageSchema = z.looseObject({
  _metadata: z
    .object({
      collection: z.string().optional().catch(undefined),
      next: z.string().nullish().catch(null),
      nextLink: z.string().nullish().catch(null),
      // A string on some endpoints (facts: pagination).
      total: z.coerce.number().int().nonnegative().nullish().catch(null),
    })
    .optional(),
});

/** Pages of items, each id once (lists move while they are read). Throws crm_bad_answer when the cursor never ends. */
export async function* pageThrough<S extends z.ZodType<{ readonly id: string }>>(
  client: Pick<CrmClient, "request" | "errors">,
  request: ListRequest<S>,
): AsyncGenerator<z.output<S>[]> {
  const seenIds = new Set<string>();
  const seenTokens = new Set<string>();
  let next: string | undefined;
  for (let page = 1; page <= (request.newestPages ?? Number.POSITIVE_INFINITY); page++) {
    const { items, token } = await fetchPage(client, request, next);
    yield items.filter(({ id }) => !seenIds.has(id) && seenIds.add(id));
    if (token === undefined) return;
    if (seenTokens.has(token) || page >= MOST_PAGES)
      throw client.errors.badAnswer(
        { method: "GET", path: request.path },
        "the list is endless",
        RETRY_NEVER,
      );
    seenTokens.add(token);
    next = token;
  }
}

/** The page that begins at `next`; the first when undefined. For lists whose place is remembered elsewhere. */
export async function fetchPage<S extends z.ZodType<{ readonly id: string }>>(
  client: Pick<CrmClient, "request" | "errors">,
  request: ListRequest<S>,
  next: string | undefined,
): Promise<ListPage<z.output<S>>> {
  const query = { ...request.query, limit: request.query?.limit ?? PAGE_SIZE, next };
  const answer = await client.request({ method: "GET", path: request.path, query, call: request.call });
  return readPage(client, request, answer);
}

function readPage<S extends z.ZodType<{ readonly id: string }>>(
  client: Pick<CrmClient, "errors">,
  request: ListRequest<S>,
  answer: CrmAnswer,
): ListPage<z.output<S>> {
  const page = parseAnswer(client, pageSchema, answer);
  const { collection = request.collection, next, nextLink } = page._metadata ?? {};
  const list = listCalled(page, collection) ?? listCalled(page, request.collection);
  const items = parseAnswer(client, z.array(request.item), { ...answer, body: list });
  return { items, token: next || tokenOf(nextLink), total: page._metadata?.total ?? null };
}

/** Some lists are spelled differently in `_metadata.collection` and as a key (`smartlists`, `textmessages`). */
function listCalled(page: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = Object.keys(page).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : page[key];
}

/** Only the token is taken from a link: in the docs' own examples links lead to another host. */
function tokenOf(nextLink: string | null | undefined): string | undefined {
  if (!nextLink || !URL.canParse(nextLink)) return undefined;
  return new URL(nextLink).searchParams.get("next") || undefined;
}
