// Keeps the Journal's buffer filled: a first page under the filters, older pages on demand, what happens now, and what was
// missed while the stream was away. use-journal.ts ties it to the screen.
import type { z } from "zod";
import type { journalPageSchema } from "../../../shared/admin-api.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import type { Query } from "../kit/api.ts";
import { createJournalBuffer, type JournalBuffer } from "./journal-buffer.ts";
import { type JournalFilter, matchesFilter } from "./match-journal.ts";

type Page = z.infer<typeof journalPageSchema>;
const PAGE = 200;
const OLDER_PAGE = 1000;
const MISSED = 1000;

export interface JournalFeed {
  readonly buffer: JournalBuffer;
  state(): "loading" | "ready" | Error;
  first(): Promise<void>;
  older(): Promise<void>;
  /** Reads what was missed; the newest page where that is too much. */
  catchUp(): Promise<void>;
  /** Live entries, oldest first. */
  take(entries: readonly JournalEntry[]): void;
  /** On: what comes from now on waits. Off: it is shown. */
  hold(on: boolean): void;
  /** Nothing that is still on its way is taken in any more. */
  stop(): void;
}

/** One feed per set of filters. `onChange` is called after every change of buffer or state. */
export function createJournalFeed(deps: {
  readonly filter: JournalFilter;
  readonly fetchPage: (query: Query) => Promise<Page>;
  readonly onChange: () => void;
}): JournalFeed {
  const buffer = createJournalBuffer();
  let state: "loading" | "ready" | Error = "loading";
  let holding = false;
  let stopped = false;
  let busy = false;

  const run = async (query: Query, take: (page: Page) => void): Promise<void> => {
    try {
      const page = await deps.fetchPage({ ...deps.filter, ...query });
      if (stopped) return;
      take(page);
      state = "ready";
    } catch (error) {
      if (stopped) return;
      // What is on screen stays; the banner says that nobody answers.
      if (buffer.size() === 0) state = error as Error;
    }
    deps.onChange();
  };
  const first = (): Promise<void> =>
    run({ limit: PAGE }, (page) => buffer.reset(page.entries, page.next_before_seq));
  return {
    buffer,
    state: () => state,
    first,
    older: async () => {
      const before = buffer.next();
      if (before === null || busy) return;
      busy = true;
      await run({ before_seq: before, limit: OLDER_PAGE }, (page) =>
        buffer.addOlder(page.entries, page.next_before_seq),
      );
      busy = false;
    },
    catchUp: async () => {
      const after = buffer.newest();
      if (after === null) return first();
      await run({ after_seq: after, limit: MISSED }, (page) => {
        if (page.entries.length >= MISSED && !holding) void first();
        else
          buffer.addNewer(
            page.entries.toSorted((left, right) => left.seq - right.seq),
            holding,
          );
      });
    },
    take: (entries) => {
      const mine = entries.filter((entry) => matchesFilter(entry, deps.filter));
      if (mine.length === 0 || state === "loading") return;
      buffer.addNewer(mine, holding);
      deps.onChange();
    },
    hold: (on) => {
      if (holding === on) return;
      holding = on;
      if (!on) buffer.release();
      deps.onChange();
    },
    stop: () => {
      stopped = true;
    },
  };
}
