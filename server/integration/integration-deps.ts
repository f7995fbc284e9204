// What the integrators' use cases need, given once by compose.ts.
import type { Crm, CrmAccess } from "../crm/crm.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { EngagementDeps } from "../engagements/engagement-deps.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";

export interface IntegrationDeps extends Omit<EngagementDeps, "settings"> {
  readonly settings: Pick<SettingsRoom, "current" | "tenant" | "platform" | "secret" | "vault">;
  readonly crm: Crm;
  readonly identities: KnownIdentities;
  /** Registers the brokerage's webhooks; another room's work. */
  readonly registerWebhooks: (
    tenant: string,
    access: CrmAccess,
  ) => Promise<{ readonly registered: boolean; readonly message: string }>;
}
