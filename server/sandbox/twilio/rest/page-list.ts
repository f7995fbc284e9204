// Pages of a list as the API has them: newest first, by a token that names the last one seen. Used by all lists.
import type { Fields } from "../twilio-state.ts";
import { numberField, textField } from "./check-parameters.ts";
import { refuse, type TwilioReply } from "./twilio-errors.ts";

const MOST = 1_000;
const USUAL = 50;
const PAGING = ["PageSize", "Page", "PageToken"];

/** `items` oldest first; `path` from `/2010-04-01` on. Addresses in the answer are relative to the API's. */
export function pageList<T extends { sid: string }>(
  { name, path, query }: { name: string; path: string; query: Fields },
  items: readonly T[],
  shape: (item: T) => unknown,
): TwilioReply {
  const pageSize = numberField(query, "PageSize") ?? USUAL;
  const page = numberField(query, "Page") ?? 0;
  const token = textField(query, "PageToken");
  if (pageSize < 1 || pageSize > MOST) return refuse(20001, `PageSize must be between 1 and ${MOST}`);
  // Pages by number alone were given up long ago: they move while something new comes in.
  if (page > 0 && token === undefined) return refuse(20001, "Page needs a PageToken");
  const newest = items.toReversed();
  const last = token === undefined ? -1 : newest.findIndex(({ sid }) => `PA${sid}` === token);
  if (token !== undefined && last < 0) return refuse(20001, "PageToken is not one the API gave");
  const found = newest.slice(last + 1, last + 1 + pageSize);
  const more = newest.length > last + 1 + pageSize;
  const address = (number: number, from?: string): string =>
    `${path}?${filters(query)}PageSize=${pageSize}&Page=${number}${from === undefined ? "" : `&PageToken=PA${from}`}`;
  const start = page * pageSize;
  const previous = newest[last - pageSize];
  return {
    status: 200,
    body: {
      first_page_uri: address(0),
      end: start + Math.max(0, found.length - 1),
      previous_page_uri: page === 0 ? null : address(page - 1, page === 1 ? undefined : previous?.sid),
      [name]: found.map(shape),
      uri: address(page, token?.slice(2)),
      page_size: pageSize,
      start,
      next_page_uri: more ? address(page + 1, found.at(-1)?.sid) : null,
      page,
    },
  };
}

function filters(query: Fields): string {
  const given = Object.entries(query).flatMap(([name, values]) =>
    PAGING.includes(name)
      ? []
      : values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}&`),
  );
  return given.join("");
}
