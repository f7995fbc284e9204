// Says who waits for the hours where they are, and until when: before a campaign starts and while it runs.
import type { Campaign, CampaignBody } from "../../shared/campaign.schema.ts";
import { sayNumber, sayPeople } from "../ui/say-count.ts";
import { sayMoment } from "../ui/say-moment.ts";

type Waiting = Pick<Campaign, "waiting_hours" | "opens_at">;

/** "8:00 am tomorrow (your time)"; null where it is not known. */
function opening({ opens_at }: Waiting, now: number): string | null {
  const at = opens_at === null ? Number.NaN : Date.parse(opens_at);
  return Number.isFinite(at) ? `${sayMoment(at, now)} (your time)` : null;
}

const whoWaits = (waiting: number, all: number): string => {
  if (waiting >= all) return all === 1 ? "This person waits" : "All of them wait";
  return waiting === 1 ? "1 of them waits" : `${sayNumber(waiting)} of them wait`;
};

/** "34 of them wait until their calling hours begin, the first at 8:00 am (your time)."; null where nobody does. */
export function sayReviewedHours(
  channel: CampaignBody["channel"],
  reviewed: Waiting & Pick<Campaign, "will_queue">,
  now: number,
): string | null {
  const { waiting_hours, will_queue } = reviewed;
  if (waiting_hours <= 0 || will_queue <= 0) return null;
  const hours = channel === "phone" ? "calling hours" : "contact hours";
  const at = opening(reviewed, now);
  const when = at === null ? "" : waiting_hours === 1 ? `, at ${at}` : `, the first at ${at}`;
  return `${whoWaits(waiting_hours, will_queue)} until their ${hours} begin${when}.`;
}

/**
 * ". 34 people wait for their hours; it goes on by itself at 8:00 am tomorrow (your time)." where nobody else is left
 * (`all`), ". 34 people wait for their hours, the first until 8:00 am tomorrow (your time)." while others are reached, or
 * nothing.
 */
export function sayWaiting(campaign: Waiting & Pick<Campaign, "status">, all: boolean, now: number): string {
  const { waiting_hours, status } = campaign;
  if (waiting_hours <= 0 || (status !== "queueing" && status !== "running")) return "";
  const at = opening(campaign, now);
  const people = `${sayPeople(waiting_hours)} ${waiting_hours === 1 ? "waits" : "wait"} for their hours`;
  if (all) return `. ${people}; it goes on by itself${at === null ? "" : ` at ${at}`}.`;
  return `. ${people}${at === null ? "" : `, ${waiting_hours === 1 ? "until" : "the first until"} ${at}`}.`;
}
