// The list of outreach as it grows in both directions: the newest page read again when something changed, older pages on
// demand, and rows deep in the list that changed by themselves. use-engagements.ts ties it to the screen.
import type { EngagementList } from "../../../shared/admin-api.ts";
import type { Query } from "../kit/api.ts";

export type OutreachRow = EngagementList["engagements"][number];
interface Loaded {
  /** Newest first. */
  readonly rows: readonly OutreachRow[];
  readonly next: string | null;
}
const PAGE = 100;
const OLDER_PAGE = 500;
const MOST_SINGLE = 20;

export interface EngagementFeed {
  /** Null until the first page came. */
  rows(): readonly OutreachRow[] | null;
  hasMore(): boolean;
  /** Why there is nothing to show. */
  error(): Error | null;
  head(): Promise<void>;
  older(): Promise<void>;
  /** Reads the newest page, and those of `ids` that stand below it. */
  changed(ids: readonly string[]): Promise<void>;
  /** Nothing that is still on its way is taken in any more. */
  stop(): void;
}

/** The newest page decides for all of its range; what is older stays. A gap between the two drops the older. */
export function mergeHead(now: Loaded, head: EngagementList): Loaded {
  const last = head.engagements.at(-1)?.engagement_id;
  if (head.next === null || last === undefined) return { rows: head.engagements, next: head.next };
  const older = now.rows.filter(({ engagement_id }) => engagement_id < last);
  const touches = now.rows.some(({ engagement_id }) => engagement_id >= last);
  if (!touches || older.length === 0) return { rows: head.engagements, next: head.next };
  return { rows: [...head.engagements, ...older], next: now.next };
}

const newestFirst = (left: OutreachRow, right: OutreachRow): number =>
  left.engagement_id < right.engagement_id ? 1 : -1;

/** One feed per set of filters. `onChange` is called after every change. */
export function createEngagementFeed(deps: {
  readonly fetchPage: (query: Query) => Promise<EngagementList>;
  readonly onChange: () => void;
}): EngagementFeed {
  let loaded: Loaded | null = null;
  let error: Error | null = null;
  let stopped = false;
  let busy = false;

  const run = async (query: Query, take: (page: EngagementList, now: Loaded) => Loaded): Promise<void> => {
    try {
      const page = await deps.fetchPage(query);
      if (stopped) return;
      loaded = take(page, loaded ?? { rows: [], next: null });
      error = null;
    } catch (failure) {
      if (stopped) return;
      // What is on screen stays; the banner says that nobody answers.
      if (loaded === null) error = failure as Error;
    }
    deps.onChange();
  };
  const head = (): Promise<void> => run({ limit: PAGE }, (page, now) => mergeHead(now, page));
  const single = (id: string): Promise<void> =>
    run({ search: id, limit: 1 }, (page, now) => {
      const others = now.rows.filter(({ engagement_id }) => engagement_id !== id);
      const found = page.engagements.filter(({ engagement_id }) => engagement_id === id);
      return { ...now, rows: [...others, ...found].sort(newestFirst) };
    });
  return {
    rows: () => loaded?.rows ?? null,
    hasMore: () => loaded?.next != null,
    error: () => error,
    head,
    older: async () => {
      const before = loaded?.next;
      if (!before || busy) return;
      busy = true;
      await run({ before, limit: OLDER_PAGE }, (page, now) => ({
        rows: [...now.rows, ...page.engagements],
        next: page.next,
      }));
      busy = false;
    },
    changed: async (ids) => {
      const deep = new Set(loaded?.rows.slice(PAGE).map(({ engagement_id }) => engagement_id));
      await Promise.all([
        head(),
        ...ids
          .filter((id) => deep.has(id))
          .slice(0, MOST_SINGLE)
          .map(single),
      ]);
    },
    stop: () => {
      stopped = true;
    },
  };
}
