// Ties the list of outreach to the screen: one feed per set of filters; changes are read once things rest for a moment.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useReducer, useRef } from "react";
import { engagementListSchema } from "../../../shared/admin-api.ts";
import { ask } from "../kit/api.ts";
import { useStream } from "../kit/stream.tsx";
import { createEngagementFeed, type EngagementFeed } from "./engagement-feed.ts";

export interface EngagementFilter {
  readonly tenant: string | null;
  readonly status: string;
  readonly search: string;
}
const SETTLE_MS = 700;

/** @param enabled false: nothing is asked (only campaigns are on show) */
export function useEngagements(filter: EngagementFilter, enabled: boolean): EngagementFeed {
  const client = useQueryClient();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { tenant, status, search } = filter;
  const feed = useMemo(
    () =>
      createEngagementFeed({
        onChange: redraw,
        fetchPage: (more) => {
          const query = { tenant, status, search, ...more };
          return client.fetchQuery({
            queryKey: ["/engagements", "page", query],
            queryFn: ({ signal }) => ask("/engagements", engagementListSchema, { query, signal }),
            ...{ staleTime: 0, gcTime: 0 },
          });
        },
      }),
    [client, tenant, status, search],
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const changed = useRef(new Set<string>());
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      feed.stop();
    },
    [feed],
  );
  useEffect(() => {
    if (enabled) void feed.head();
  }, [feed, enabled]);
  const soon = (ids: readonly string[]): void => {
    if (!enabled) return;
    for (const id of ids) changed.current.add(id);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void feed.changed([...changed.current]);
      changed.current.clear();
    }, SETTLE_MS);
  };
  useStream({ onEngagements: soon, onOpen: () => soon([]) });
  return feed;
}
