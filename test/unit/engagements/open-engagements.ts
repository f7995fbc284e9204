// The engagement's use cases over a real database, with the simulator and settings of one brokerage.

import { createDisplayBus } from "../../../server/base/display-events.ts";
import type { ChannelProvider } from "../../../server/channels/channel.ts";
import { createProviderRegistry } from "../../../server/channels/provider-registry.ts";
import { createSimulator } from "../../../server/channels/simulator/create-simulator.ts";
import type { EngagementDeps } from "../../../server/engagements/engagement-deps.ts";
import { startEngagement } from "../../../server/engagements/start-engagement.ts";
import type { StartRequest } from "../../../server/engagements/start-request.ts";
import { createJournal } from "../../../server/log/journal.ts";
import { platformSchema, type TenantSettings, tenantSchema } from "../../../shared/settings.schema.ts";
import { createFakeClock, type FakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { openTestHours } from "../../helpers/open-test-hours.ts";

const fail = (error: unknown): never => {
  throw error;
};

export interface EngagementWorld extends EngagementDeps {
  readonly clock: FakeClock;
  /** Starts one outreach to a number and returns its id. */
  start(more?: Partial<StartRequest>): Promise<string>;
}

/** `others`: providers beside the simulator. */
export async function openEngagements(
  changes: Partial<TenantSettings> = {},
  others: readonly ChannelProvider[] = [],
): Promise<EngagementWorld> {
  const db = await openTestDatabase();
  const clock = createFakeClock();
  const bus = createDisplayBus(fail);
  const tenant = tenantSchema.parse({ domain_name: "acme", ...changes });
  const platform = platformSchema.parse({});
  const deps: EngagementDeps = {
    db,
    clock,
    bus,
    journal: createJournal({ db, clock, bus, onError: fail }),
    providers: createProviderRegistry(
      [createSimulator({ clock, speed: () => 1 }), ...others],
      () => platform,
    ),
    rules: { tenant: (name) => (name === "acme" ? tenant : undefined), hours: openTestHours() },
    settings: { tenant: (name) => (name === "acme" ? tenant : undefined), platform: () => platform },
    nudge: () => undefined,
  };
  let turn = 0;
  const start = async (more: Partial<StartRequest> = {}): Promise<string> => {
    const result = await startEngagement(deps, { ...REQUEST, startKey: `click-${turn++}`, ...more });
    return result.engagementId;
  };
  return { ...deps, clock, start };
}

const REQUEST: StartRequest = {
  tenant: "acme",
  source: "embed",
  startKey: "",
  requestHash: "same",
  channel: "phone",
  type: "conversational",
  instruction: "",
  person: { id: "107", name: "Dana Scott" },
  crmAccountId: "1",
  phones: [{ value: "+14165550111", isPrimary: true, isLandline: null, relationshipId: null }],
  emails: [],
  chosen: null,
  actor: { userId: null, name: null, crmUserId: null, actsWith: "tenant", fromNumber: null },
  scheduledAt: null,
  whenClosed: "refuse",
};
