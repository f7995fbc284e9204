// The line below a campaign's standing: how far it has come and what is still to be waited for.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { sayNumber } from "../ui/say-count.ts";
import { sayEta } from "../ui/say-eta.ts";
import { inLine, sayHowFar } from "./view-campaigns.ts";

function sayRecords({ status, records_waiting, eta_seconds }: Campaign): string {
  const records = `${sayNumber(records_waiting)} ${records_waiting === 1 ? "record is" : "records are"}`;
  if (status === "failed") return `${records} not written to Follow Up Boss yet.`;
  const left = sayEta(eta_seconds);
  return `${records} still being written to Follow Up Boss${left === null ? "" : `, ${left} left`}.`;
}

/** Never claims a time while nothing moves. */
export function sayStandingOf(campaign: Campaign): string {
  const { status, done, queued_calls, records_waiting, active } = campaign;
  if (status === "queueing") {
    return `Putting people in line: ${sayNumber(queued_calls)} of ${sayNumber(inLine(campaign))}. ${sayHowFar(campaign)}`;
  }
  if (status === "paused") {
    const under = active === 0 ? "" : ` ${sayNumber(active)} under way will still be finished.`;
    return `${sayHowFar(campaign)}. Nobody new is contacted.${under}`;
  }
  const everybody = done >= queued_calls && queued_calls > 0;
  if (records_waiting > 0 && (everybody || status !== "running")) {
    return `${everybody ? "Everybody is done." : `${sayHowFar(campaign)}.`} ${sayRecords(campaign)}`;
  }
  return sayHowFar(campaign);
}
