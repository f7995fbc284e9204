// What forwarding needs, given once by compose.ts.
import type { Clock } from "../../base/clock.ts";
import type { Db } from "../../db/schema.ts";
import type { Journal } from "../../log/journal.ts";
import type { SettingsRoom } from "../../settings/settings-room.ts";
import type { PostEvent } from "./post-event.ts";

export interface FanOutDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly settings: Pick<SettingsRoom, "current" | "tenant" | "secret" | "apply" | "ensureInternalSecret">;
  /** Wakes the worker after a commit that added work. */
  readonly nudge: () => void;
  /** In [0, 1). */
  readonly random: () => number;
  readonly postEvent: PostEvent;
  /** One change of the targets after the other: each must see what the one before it left. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}
