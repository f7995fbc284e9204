// The CRMs behind one port, as the settings say at the time of each call. Built by compose.ts, and for a doctor that runs
// without the gateway.
import type { Clock } from "./base/clock.ts";
import type { Crm } from "./crm/crm.ts";
import { createCrmByAccess } from "./crm/crm-by-access.ts";
import { createFollowUpBoss } from "./crm/followupboss/create-followupboss.ts";
import {
  PRACTICE_SYSTEM,
  PRACTICE_SYSTEM_KEY,
  type PracticePlace,
  practiceAddress,
} from "./crm/practice-place.ts";
import { createRollout } from "./crm/rollout/create-rollout.ts";
import type { ProcessLog } from "./log/process-log.ts";
import type { SettingsRoom } from "./settings/settings-room.ts";

export interface ConnectDeps {
  readonly settings: Pick<SettingsRoom, "platform" | "secret">;
  readonly clock: Clock;
  readonly log: Pick<ProcessLog, "debug" | "warn">;
  /** Where a rehearsal's pretend Follow Up Boss is; nowhere for a doctor that runs without the gateway. */
  readonly practice?: PracticePlace;
}

export function connectCrm({ settings, clock, log, practice: place }: ConnectDeps): Crm {
  const { platform } = settings;
  const followUpBoss = createFollowUpBoss({
    baseUrl: () => platform().FUB_API_BASE_URL,
    system: () => ({ name: platform().FUB_SYSTEM, key: settings.secret("platform/FUB_SYSTEM_KEY") }),
    clock,
    log,
  });
  const rollout = createRollout({
    baseUrl: () => platform().ROLLOUT_API_BASE_URL,
    app: () => ({
      clientId: platform().ROLLOUT_CLIENT_ID,
      clientSecret: settings.secret("platform/ROLLOUT_CLIENT_SECRET"),
    }),
    clock,
    log,
  });
  const practice = createFollowUpBoss({
    baseUrl: () => practiceAddress(place),
    system: () => ({ name: PRACTICE_SYSTEM, key: settings.secret(PRACTICE_SYSTEM_KEY) }),
    clock,
    log,
  });
  return createCrmByAccess({ followUpBoss, rollout, practice });
}
