// Says in words what a campaign will do: how long it takes and why, how fast it goes, whom it tries again.
import type { CampaignBody, CampaignChannel, Retry } from "../../shared/campaign.schema.ts";
import type { Pace } from "../../shared/pace.schema.ts";
import { sayNumber } from "../ui/say-count.ts";
import { sayEta } from "../ui/say-eta.ts";
import { sayOutcome } from "../ui/wording.ts";

/** FUB takes 10 notes per 10 s (FUB docs: rate limiting), so every message conversation costs at least a second. */
const NOTE_SECONDS = 1;
/** Only a part this large of the time is called its cause. */
const MOST = 0.6;
const WORTH_A_REASON_S = 60;

function mainCause(channel: CampaignChannel, people: number, eta: number, pace: Pace): string | null {
  const atPace = pace.per_minute === undefined ? 0 : (people * 60) / pace.per_minute;
  if (eta < WORTH_A_REASON_S) return null;
  if (atPace >= eta * MOST && atPace > people * NOTE_SECONDS) return "at the pace you chose";
  if (channel === "phone" || people * NOTE_SECONDS < eta * MOST) return null;
  return "most of it because Follow Up Boss takes 1 note a second";
}

/** "About 17 minutes, most of it because …"; null where nothing is known. */
export function sayTime(
  body: Pick<CampaignBody, "channel" | "pace" | "retry">,
  people: number,
  etaSeconds: number,
): string | null {
  const eta = sayEta(etaSeconds);
  if (eta === null) return null;
  const cause = mainCause(body.channel, people, etaSeconds, body.pace ?? {});
  const again = body.retry ? " Further tries come on top." : "";
  return `${eta.charAt(0).toUpperCase()}${eta.slice(1)}${cause === null ? "" : `, ${cause}`}.${again}`;
}

/** "At most 5 at once, 20 a minute."; null where no pace was chosen. */
export function sayPace({ at_once, per_minute }: Pace): string | null {
  const parts = [
    ...(at_once === undefined ? [] : [`${sayNumber(at_once)} at once`]),
    ...(per_minute === undefined ? [] : [`${sayNumber(per_minute)} a minute`]),
  ];
  return parts.length === 0 ? null : `At most ${parts.join(", ")}.`;
}

function sayWait(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? "a day" : `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? "an hour" : `${minutes / 60} hours`;
  return minutes === 1 ? "a minute" : `${sayNumber(minutes)} minutes`;
}

/** "Tried again once after an hour: No answer, The line was busy. Only from 09:00 to 18:00 (America/Toronto)." */
export function sayRetry({ outcomes, times, after_minutes, hours }: Retry): string {
  const often = times === 1 ? "once" : `up to ${times} times`;
  const who = outcomes.map((outcome) => sayOutcome(outcome).word).join(", ");
  const zone = hours?.timezone === undefined ? "" : ` (${hours.timezone.replaceAll("_", " ")})`;
  const when = hours === undefined ? "" : ` Only from ${hours.from} to ${hours.to}${zone}.`;
  return `Tried again ${often} after ${sayWait(after_minutes)}: ${who}.${when}`;
}
