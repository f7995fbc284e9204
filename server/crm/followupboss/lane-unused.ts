// The lane of an account nothing was sent to yet, as it stands in the documentation. For the console's estimates.
import type { CrmLane } from "../crm.ts";
import { DEFAULT_LIMITS, DEFAULT_WINDOW_MS } from "./request-context.ts";

/** The contexts that have a limit and that queued work is paid from. */
export type PlannedContext = "global" | "notes";

/** FUB docs: rate limiting, for a registered system. */
export const unusedLane = (account: string, context: PlannedContext): CrmLane => ({
  account,
  context,
  limit: DEFAULT_LIMITS[context] ?? Number.MAX_SAFE_INTEGER,
  windowMs: DEFAULT_WINDOW_MS,
  used: 0,
  waiting: 0,
  waitingBy: { interactive: 0, launch: 0, sync: 0, listing: 0 },
  pausedUntil: null,
});
