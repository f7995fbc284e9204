// What the embed's use cases need, given once by compose.ts.
import type { Crm } from "../crm/crm.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { EngagementDeps } from "../engagements/engagement-deps.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import type { EmbedSessions } from "./embed-sessions.ts";
import type { RefusedEmbeds } from "./refused-embeds.ts";

export interface EmbedDeps extends Omit<EngagementDeps, "settings"> {
  readonly settings: Pick<SettingsRoom, "current" | "tenant" | "platform" | "secret" | "vault">;
  readonly crm: Crm;
  readonly identities: KnownIdentities;
  readonly sessions: EmbedSessions;
  readonly refused: RefusedEmbeds;
}
