// What the listeners need, given once by compose.ts.
import type { DisplayBus } from "../base/display-events.ts";
import type { EmbedDeps } from "../embed/embed-deps.ts";
import type { PageAssets } from "../embed/render-page.ts";
import type { IntegrationDeps } from "../integration/integration-deps.ts";
import type { ProcessLog } from "../log/process-log.ts";

export interface PublicAppDeps {
  readonly embed: EmbedDeps;
  readonly integration: IntegrationDeps;
  readonly assets: () => PageAssets;
  readonly bus: DisplayBus;
  readonly log: ProcessLog;
  readonly version: string;
  /** True while work is taken on. */
  readonly isReady: () => Promise<boolean>;
}
