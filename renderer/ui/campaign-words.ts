// What a campaign is called while it runs and when it is over, per channel, and the labels of its buttons.
import type { Campaign, CampaignChannel } from "../../shared/campaign.schema.ts";
import { sayPeople } from "./say-count.ts";
import type { Words } from "./wording.ts";

const VERBS: Readonly<Record<CampaignChannel, readonly [verb: string, running: string]>> = {
  phone: ["Call", "Calling people"],
  sms: ["Text", "Texting people"],
  email: ["E-mail", "E-mailing people"],
};
const verbs = (channel: string | null): readonly [string, string] =>
  VERBS[channel as CampaignChannel] ?? ["Reach", "Reaching people"];

/** "Call 812 people". */
export const startLabel = (channel: CampaignChannel, count: number): string =>
  `${verbs(channel)[0]} ${sayPeople(count)}`;

/** Everybody was reached, and only records are still to be written. */
const isFinishing = ({ done, queued_calls, records_waiting }: Campaign): boolean =>
  queued_calls > 0 && done >= queued_calls && records_waiting > 0;

/** Nobody is being reached, and whoever is left waits for the hours where they are: it goes on by itself. */
export function waitsForHours(campaign: Campaign): boolean {
  const { status, active, done, retries_waiting, waiting_hours } = campaign;
  const left = Math.max(campaign.queued_calls, campaign.will_queue) - done - retries_waiting;
  const moves = status === "queueing" || status === "running";
  return moves && active === 0 && waiting_hours > 0 && waiting_hours >= left;
}

/** Most hours begin in the morning; what begins later (a Sunday's, say) was no night. Read by the viewer's clock. */
const sayHoursPause = ({ opens_at }: Campaign): string =>
  opens_at === null || new Date(opens_at).getHours() < 12
    ? "Paused for the night"
    : "Paused until their hours begin";

/** The standing of a campaign in a word and a tone. */
export function sayCampaign(campaign: Campaign): Words {
  switch (campaign.status) {
    case "checking":
      return { word: "Checking the list", tone: "run" };
    case "checked":
      return { word: "Not started", tone: "none" };
    case "queueing":
    case "running":
      if (waitsForHours(campaign)) return { word: sayHoursPause(campaign), tone: "wait" };
      return { word: isFinishing(campaign) ? "Finishing" : verbs(campaign.channel)[1], tone: "run" };
    case "paused":
      return { word: "Paused", tone: "wait" };
    case "completed":
      return { word: "Done", tone: "ok" };
    case "canceled":
      return { word: "Canceled", tone: "none" };
    default:
      return { word: campaign.can_resume ? "Stopped" : "Did not work", tone: "bad" };
  }
}

/** Nobody new will be reached, unless somebody lets it go on. */
export const isCampaignOver = ({ status }: Pick<Campaign, "status">): boolean =>
  status === "completed" || status === "canceled" || status === "failed";

/** Nothing will change any more: no conversation under way, every record written. */
export const isCampaignSettled = (
  campaign: Pick<Campaign, "status" | "active" | "records_waiting">,
): boolean => isCampaignOver(campaign) && campaign.active === 0 && campaign.records_waiting === 0;
