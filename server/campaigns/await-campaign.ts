// Waits for a campaign to come to a state, told by the display bus and, since that may be missed, by looking.
import { GatewayError } from "../base/errors.ts";
import { type CampaignRow, findCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";

const LOOK_MS = 500;

/** The row when `reached` holds, or as it is after `waitMs`. */
export async function awaitCampaign(
  deps: Pick<CampaignDeps, "db" | "bus" | "clock">,
  id: string,
  reached: (row: CampaignRow) => boolean,
  waitMs: number,
): Promise<CampaignRow> {
  const deadline = deps.clock.monotonic() + waitMs;
  let wake = (): void => undefined;
  const stop = deps.bus.on("campaign:changed", ({ campaignId }) => campaignId === id && wake());
  try {
    for (;;) {
      const timer = new AbortController();
      wake = () => timer.abort();
      const row = await findCampaign(deps.db, id);
      if (!row) throw new GatewayError("campaign_not_found");
      const left = deadline - deps.clock.monotonic();
      if (reached(row) || left <= 0) return row;
      await deps.clock.sleep(Math.min(LOOK_MS, Math.ceil(left)), timer.signal);
    }
  } finally {
    stop();
  }
}
