// A list by falling number that grows at the top by itself and at the end as one scrolls: deliveries,
// forwards, the do-not-contact list, the ledger. While somebody reads further down what is new is counted and held back, so that nothing moves under the eyes.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { z } from "zod";
import { type ApiError, ask, type Query } from "./api.ts";
import { useRead } from "./use-read.ts";

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: number | null;
}
export interface PagedList<Row> {
  /** Null until something was answered. */
  readonly rows: readonly Row[] | null;
  readonly error: ApiError | null;
  /** How many newer ones are held back. */
  readonly newer: number;
  /** There is more to be read; with a search also when nothing was found so far. */
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly older: () => void;
  readonly again: () => void;
}

const HEAD = 50;
const PAGE = 200;
const EVERY_MS = 5_000;

/** The newest page decides for all of its range, what is below it stays; held back, only what was known is renewed. */
export function mergePages<Row extends { readonly id: number }>(
  head: readonly Row[],
  pages: readonly Row[],
  held: boolean,
): { readonly rows: readonly Row[]; readonly newer: number } {
  const newest = pages[0]?.id ?? 0;
  const fresh = new Map(head.map((row) => [row.id, row]));
  const known = pages.map((row) => fresh.get(row.id) ?? row);
  const more = head.filter(({ id }) => id > newest);
  return held ? { rows: known, newer: more.length } : { rows: [...more, ...known], newer: 0 };
}

/** @param pick takes the rows out of an answer @param held true while new ones must wait */
export function usePagedList<Answer, Row extends { readonly id: number }>(options: {
  readonly path: string;
  readonly schema: z.ZodType<Answer>;
  readonly query: Query;
  readonly pick: (answer: Answer) => Page<Row>;
  readonly held: boolean;
}): PagedList<Row> {
  const { path, schema, query, pick, held } = options;
  const pages = useInfiniteQuery<Answer, ApiError, Answer[], readonly unknown[], number | null>({
    queryKey: [path, query, "pages"],
    queryFn: ({ pageParam, signal }) =>
      ask(path, schema, { query: { ...query, limit: PAGE, before: pageParam }, signal }),
    initialPageParam: null,
    getNextPageParam: (last) => pick(last).next,
    select: ({ pages: all }) => all,
    refetchOnWindowFocus: false,
  });
  const head = useRead(path, schema, {
    query: { ...query, limit: HEAD },
    everyMs: EVERY_MS,
    enabled: pages.data !== undefined,
  });
  const loaded = pages.data?.map(pick);
  const newest = head.data === undefined ? null : pick(head.data);
  const known = loaded?.flatMap(({ rows }) => rows) ?? [];
  const merged = mergePages(newest?.rows ?? [], known, held);
  useGap({ newest, known, held, again: () => void pages.refetch() });
  return {
    rows: loaded === undefined ? null : merged.rows,
    error: pages.data === undefined ? pages.error : null,
    newer: merged.newer,
    hasMore: pages.hasNextPage,
    loadingMore: pages.isFetchingNextPage,
    older: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
    },
    again: () => void pages.refetch(),
  };
}

/** More came at once than the newest page holds: everything is read again, once per newest page. */
function useGap<Row extends { readonly id: number }>({
  newest,
  known,
  held,
  again,
}: {
  readonly newest: Page<Row> | null;
  readonly known: readonly Row[];
  readonly held: boolean;
  readonly again: () => void;
}): void {
  const asked = useRef(0);
  const top = newest?.rows[0]?.id ?? 0;
  const bottom = newest?.rows.at(-1)?.id ?? 0;
  const apart = newest !== null && newest.next !== null && bottom > (known[0]?.id ?? 0) && known.length > 0;
  if (!apart || held || asked.current === top) return;
  asked.current = top;
  queueMicrotask(again);
}
