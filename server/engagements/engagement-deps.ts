// What the engagement's use cases need, given once by compose.ts.
import type { Clock } from "../base/clock.ts";
import type { DisplayBus } from "../base/display-events.ts";
import type { ProviderRegistry } from "../channels/provider-registry.ts";
import type { Db } from "../db/schema.ts";
import type { Journal } from "../log/journal.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

export interface EngagementDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly bus: DisplayBus;
  readonly providers: ProviderRegistry;
  readonly settings: Pick<SettingsRoom, "tenant" | "platform">;
  /** Wakes the worker after a commit that added work. */
  readonly nudge: () => void;
}
