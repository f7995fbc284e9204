// Ties the Journal's feed to the screen: one feed per set of filters, drawn anew when it changes.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useReducer } from "react";
import { journalPageSchema } from "../../../shared/admin-api.ts";
import { ask } from "../kit/api.ts";
import { useStream } from "../kit/stream.tsx";
import { createJournalFeed, type JournalFeed } from "./journal-feed.ts";
import type { JournalFilter } from "./match-journal.ts";

export function useJournal(filter: JournalFilter): JournalFeed {
  const client = useQueryClient();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  // The filter is rebuilt with every render; its text tells whether it is another one.
  const key = JSON.stringify(filter);
  const feed = useMemo(
    () =>
      createJournalFeed({
        filter: JSON.parse(key) as JournalFilter,
        onChange: redraw,
        fetchPage: (query) =>
          client.fetchQuery({
            queryKey: ["/journal", "page", query],
            queryFn: ({ signal }) => ask("/journal", journalPageSchema, { query, signal }),
            ...{ staleTime: 0, gcTime: 0 },
          }),
      }),
    [client, key],
  );
  useEffect(() => {
    void feed.first();
    return feed.stop;
  }, [feed]);
  useStream({
    onJournal: (entries, missed) => (missed > 0 ? void feed.catchUp() : feed.take(entries)),
    onOpen: () => void feed.catchUp(),
  });
  return feed;
}
