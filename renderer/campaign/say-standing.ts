// The line below a campaign's standing: how far it has come and what is still to be waited for.
import type { Campaign } from "../../shared/campaign.schema.ts";
import { isCampaignOver, waitsForHours } from "../ui/campaign-words.ts";
import { sayNumber } from "../ui/say-count.ts";
import { sayEta } from "../ui/say-eta.ts";
import { sayWaiting } from "./say-hours.ts";
import { inLine, sayHowFar } from "./view-campaigns.ts";

function sayRecords({ status, records_waiting, eta_seconds }: Campaign): string {
  const records = `${sayNumber(records_waiting)} ${records_waiting === 1 ? "record is" : "records are"}`;
  if (status === "failed") return `${records} not written to Follow Up Boss yet.`;
  const left = sayEta(eta_seconds);
  return `${records} still being written to Follow Up Boss${left === null ? "" : `, ${left} left`}.`;
}

/** Never claims a time while nothing moves. `now` in epoch milliseconds. */
export const sayStandingOf = (campaign: Campaign, now: number): string =>
  `${sayProgress(campaign, now)}${sayFailed(campaign)}`;

function sayFailed({ records_failed: n, can_resume }: Campaign): string {
  if (n === 0) return "";
  const records = `${sayNumber(n)} ${n === 1 ? "result" : "results"}`;
  const remedy = can_resume ? "they are tried again when it goes on" : "your admin sees why in the gateway";
  return ` ${records} could not be written to Follow Up Boss; ${remedy}.`;
}

function sayProgress(campaign: Campaign, now: number): string {
  const { status, done, queued_calls, records_waiting, active } = campaign;
  const under = active === 0 ? "" : ` ${sayNumber(active)} under way will still be finished.`;
  const waiting = sayWaiting(campaign, waitsForHours(campaign), now);
  if (status === "queueing") {
    return `Putting people in line: ${sayNumber(queued_calls)} of ${sayNumber(inLine(campaign))}. ${sayHowFar(campaign)}${waiting}`;
  }
  if (status === "paused") {
    return `${sayHowFar(campaign)}. Nobody new is contacted.${under}`;
  }
  // Their records are among those that wait, and no time can be told for them.
  if (isCampaignOver(campaign) && active > 0) return `${sayHowFar(campaign)}.${under}`;
  const everybody = done >= queued_calls && queued_calls > 0;
  if (records_waiting > 0 && (everybody || status !== "running")) {
    return `${everybody ? "Everybody is done." : `${sayHowFar(campaign)}.`} ${sayRecords(campaign)}`;
  }
  return `${sayHowFar(campaign)}${waiting}`;
}
