// What the console's read models need, given once by compose.ts.
import type { Crm } from "../crm/crm.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { EngagementDeps } from "../engagements/engagement-deps.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

export interface AdminDeps extends Omit<EngagementDeps, "settings"> {
  readonly settings: SettingsRoom;
  readonly crm: Crm;
  readonly identities: KnownIdentities;
  readonly version: string;
  readonly startedAt: number;
  readonly dataDir: string;
  /** Address of the public listener on this machine. */
  readonly publicUrl: () => string;
}
