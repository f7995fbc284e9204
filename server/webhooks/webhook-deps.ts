// What the webhooks' use cases need, given once by compose.ts.
import type { Crm } from "../crm/crm.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { PracticePlace } from "../crm/practice-place.ts";
import type { EngagementDeps } from "../engagements/engagement-deps.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

export interface WebhookDeps extends Omit<EngagementDeps, "settings"> {
  readonly settings: Pick<
    SettingsRoom,
    "current" | "tenant" | "platform" | "publicAddress" | "secret" | "vault" | "wasRemoved"
  >;
  readonly crm: Crm;
  readonly identities: KnownIdentities;
  /** Where a rehearsal goes on, if one does. */
  readonly practice?: PracticePlace;
}
