// What the engagement's use cases need, given once by compose.ts.
import type { Clock } from "../base/clock.ts";
import type { DisplayBus } from "../base/display-events.ts";
import type { ProviderRegistry } from "../channels/provider-registry.ts";
import type { ContactDeps } from "../contact/check-contact.ts";
import type { Db } from "../db/schema.ts";
import type { Journal } from "../log/journal.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

import type { LookIntoCrm } from "./find-elsewhere.ts";
import type { ReadKnowledge } from "./read-knowledge.ts";

export interface EngagementDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly bus: DisplayBus;
  readonly providers: ProviderRegistry;
  /** The contact rules: the brokerages' settings and the hours in force. */
  readonly rules: ContactDeps;
  readonly settings: Pick<SettingsRoom, "tenant" | "platform">;
  /** Asked before somebody is really reached; left out where no CRM is at hand. */
  readonly readKnowledge?: ReadKnowledge;
  /** Asked about what waited in a backup that was restored; left out where no CRM is at hand. */
  readonly lookIntoCrm?: LookIntoCrm;
  /** Wakes the worker after a commit that added work. */
  readonly nudge: () => void;
}
