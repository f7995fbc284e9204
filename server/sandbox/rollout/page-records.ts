// Pages of a list: limit, offset, `next` cursors and `_metadata` (OpenAPI). Used by every list endpoint.
import { z } from "zod";
import { badRequest } from "../fub/fub-reply.ts";
import type { RolloutReply, RolloutRequest } from "./rollout-reply.ts";

/** Neither number is documented. A short page by default shows who never goes on; vendor demos ask for up to 100. */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

/** `of` is the question the cursor belongs to: with another one it is refused rather than read as a page of that. */
const cursorSchema = z.strictObject({ start: z.int().min(0), of: z.string() });

/** One page as a 200. Above 100 `limit` is lowered to it; with `next`, `offset` is not looked at. */
export function pageRecords<T>(
  { query, base }: RolloutRequest,
  collection: string,
  records: readonly T[],
): RolloutReply {
  const limit = Math.min(MAX_LIMIT, wholeNumber("limit", query.limit, DEFAULT_LIMIT, 1));
  const of = questionOf(collection, query);
  const start =
    query.next === undefined ? wholeNumber("offset", query.offset, 0, 0) : readCursor(query.next, of);
  const more = start + limit < records.length;
  const next = more ? writeCursor({ start: start + limit, of }) : null;
  return {
    status: 200,
    body: {
      _metadata: {
        collection,
        offset: start,
        limit,
        total: records.length,
        next,
        nextLink: next && `${base}/${collection}?${new URLSearchParams({ ...withoutPlace(query), next })}`,
      },
      [collection]: records.slice(start, start + limit),
    },
  };
}

const withoutPlace = ({ offset: _offset, next: _next, ...rest }: Record<string, string>) => rest;

function questionOf(collection: string, query: Record<string, string>): string {
  const { limit: _limit, ...filters } = withoutPlace(query);
  return new URLSearchParams([["", collection], ...Object.entries(filters).toSorted()]).toString();
}

function wholeNumber(name: string, text: string | undefined, fallback: number, least: number): number {
  if (text === undefined) return fallback;
  const value = text === "" ? Number.NaN : Number(text);
  if (!Number.isInteger(value) || value < least) throw badRequest(`Invalid value for parameter: ${name}.`);
  return value;
}

const writeCursor = (cursor: z.infer<typeof cursorSchema>): string =>
  Buffer.from(JSON.stringify(cursor)).toString("base64url");

function readCursor(text: string, of: string): number {
  try {
    const cursor = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    if (cursor.of === of) return cursor.start;
  } catch {
    // Refused below, like a cursor of another list.
  }
  throw badRequest("Invalid value for parameter: next.");
}
