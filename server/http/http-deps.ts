// What the listeners need, given once by compose.ts.
import type { DisplayBus } from "../base/display-events.ts";
import type { CampaignDeps } from "../campaigns/campaign-deps.ts";
import type { ListSizes } from "../campaigns/list-sizes.ts";
import type { ConversationRoomDeps } from "../conversations/conversation-deps.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { EmbedDeps } from "../embed/embed-deps.ts";
import type { PageAssets } from "../embed/render-page.ts";
import type { IntegrationDeps } from "../integration/integration-deps.ts";
import type { ProcessLog } from "../log/process-log.ts";
import type { ClientJudgement } from "../tunnel/judge-clients.ts";
import type { HealthProof } from "../tunnel/prove-health.ts";
import type { WebhookRoomDeps } from "../webhooks/incoming-delivery.ts";

export interface CampaignRoomDeps extends CampaignDeps {
  readonly listSizes: ListSizes;
  readonly identities: KnownIdentities;
}

export interface PublicAppDeps {
  readonly embed: EmbedDeps;
  readonly integration: IntegrationDeps;
  /** `framedBy`: the request's Referer. */
  readonly assets: (page: "embed" | "campaign" | "chat", framedBy?: string) => PageAssets;
  readonly conversations: ConversationRoomDeps;
  readonly campaigns: CampaignRoomDeps;
  readonly webhooks: WebhookRoomDeps;
  readonly bus: DisplayBus;
  readonly log: ProcessLog;
  readonly version: string;
  /** Shows who asks that an address leads here. */
  readonly healthProof: Pick<HealthProof, "answer">;
  /** Whom to believe about where requests come from, right now. */
  readonly clients: () => ClientJudgement;
  /** True while work is taken on. */
  readonly isReady: () => Promise<boolean>;
}
