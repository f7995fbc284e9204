// Pages of a list: limit, offset, `next` tokens and `_metadata` (vendor docs, pagination). Used by every list endpoint.
import { z } from "zod";
import { badRequest, type FubReply, type FubRequest } from "./fub-reply.ts";

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
const DEEP_OFFSET = 2000;

const tokenSchema = z.union([
  z.strictObject({ sinceId: z.int().min(0) }),
  z.strictObject({ offset: z.int().min(0) }),
]);

export interface Collection<T extends { id: number }> {
  /** Key of the array and `_metadata.collection`. */
  name: string;
  /** Path below /v1, for nextLink. */
  path: string;
  /** All that match, in the order of the answer. */
  items: readonly T[];
  /** True when the order is newest first by id: then tokens are keyset tokens. */
  newestFirst: boolean;
  shape: (item: T) => unknown;
}

/** One page as a 200. Above 100 `limit` is clamped; a deep `offset` is refused, a token never is. */
export function pageCollection<T extends { id: number }>(
  request: FubRequest,
  collection: Collection<T>,
): FubReply {
  const { query } = request;
  const limit = Math.min(MAX_LIMIT, wholeNumber("limit", query.limit, DEFAULT_LIMIT, 1));
  const start = startOf(query, collection.items);
  const page = collection.items.slice(start, start + limit);
  const more = start + limit < collection.items.length;
  const last = page.at(-1);
  const next =
    more && last
      ? encodeToken(collection.newestFirst ? { sinceId: last.id } : { offset: start + limit })
      : null;
  return {
    status: 200,
    body: {
      _metadata: {
        collection: collection.name,
        offset: start,
        limit,
        total: total(request, collection),
        next,
        nextLink: next === null ? null : nextLink(request, collection.path, next),
      },
      [collection.name]: page.map(collection.shape),
    },
  };
}

function total<T extends { id: number }>(
  { world }: FubRequest,
  { name, items }: Collection<T>,
): number | string {
  return world.options.textTotals.includes(name) ? String(items.length) : items.length;
}

function startOf(query: Record<string, string>, items: readonly { id: number }[]): number {
  if (query.next !== undefined) {
    const token = decodeToken(query.next);
    if ("offset" in token) return token.offset;
    // A keyset survives rows that come and go between two pages.
    return firstBelow(items, token.sinceId);
  }
  const offset = wholeNumber("offset", query.offset, 0, 0);
  if (offset >= DEEP_OFFSET) throw badRequest("Deep pagination disabled, use 'nextLink' url");
  return offset;
}

/** Where in a list whose ids go down the first one below `id` stands. */
function firstBelow(items: readonly { id: number }[], id: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.id ?? 0) < id) high = middle;
    else low = middle + 1;
  }
  return low;
}

function wholeNumber(name: string, text: string | undefined, fallback: number, least: number): number {
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw badRequest(`Invalid value for parameter: ${name}.`);
  return value;
}

/** Unpadded base64 of JSON; clients are to treat it as opaque. */
function encodeToken(token: z.infer<typeof tokenSchema>): string {
  return Buffer.from(JSON.stringify(token)).toString("base64").replace(/=+$/, "");
}

function decodeToken(text: string): z.infer<typeof tokenSchema> {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(text, "base64").toString("utf8")));
  } catch {
    throw badRequest("Invalid value for parameter: next.");
  }
}

function nextLink({ query, origin, world }: FubRequest, path: string, next: string): string {
  const rest = new URLSearchParams(query);
  rest.delete("offset");
  rest.delete("next");
  // The doubled ampersand is in the vendor's own examples.
  const before = rest.size > 0 ? `${rest.toString()}&&` : "";
  return `${world.options.nextLinkOrigin ?? origin}/v1${path}?${before}next=${encodeURIComponent(next)}`;
}
