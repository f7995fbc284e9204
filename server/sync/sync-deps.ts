// What writing to the CRM needs, given once by compose.ts.
import type { Clock } from "../base/clock.ts";
import type { DisplayBus } from "../base/display-events.ts";
import type { Crm } from "../crm/crm.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { Db } from "../db/schema.ts";
import type { Journal } from "../log/journal.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

export interface SyncDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly bus: DisplayBus;
  readonly crm: Crm;
  readonly identities: Pick<KnownIdentities, "recall" | "learn">;
  readonly settings: Pick<SettingsRoom, "tenant" | "secret" | "vault">;
  /** Was the write perhaps stored although no clear answer came? (crm/write-fate.ts) */
  readonly mayHaveBeenStored: (error: unknown) => boolean;
  readonly nudge: () => void;
}
