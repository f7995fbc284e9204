// Whether somebody in line may be reached at this hour where they are. Asked before anybody is let go, so that a list that
// runs into the evening waits as a whole and goes on by itself, rather than sending everybody out and back.
import { type Channel, isVoice } from "../../shared/values.ts";
import { readRegions } from "../engagements/contact-facts.ts";
import type { CampaignDeps } from "./campaign-deps.ts";

/** Somebody in line. */
export interface HeldRow {
  readonly id: string;
  readonly provider: string;
  readonly contact: string | null;
  /** As rows keep it, see contact-facts. */
  readonly person_regions: string | null;
}

/** When their hours begin, epoch ms; null when they may be reached now. */
export type ClosedUntil = (row: Omit<HeldRow, "id">) => number | null;

const OPEN: ClosedUntil = () => null;

type HoursDeps = Pick<CampaignDeps, "settings" | "providers" | "rules"> & {
  readonly clock: Pick<CampaignDeps["clock"], "now">;
};

export function closedUntil(deps: HoursDeps, slug: string, channel: Channel): ClosedUntil {
  const tenant = deps.settings.tenant(slug);
  if (!tenant || channel === "email" || tenant.contact_hours === "never") return OPEN;
  const kind = isVoice(channel) ? "calls" : "texts";
  const at = deps.clock.now();
  return ({ contact, provider, person_regions }) => {
    const holds = tenant.contact_hours === "always" || deps.providers.get(provider).reachesPeople;
    if (!holds || contact === null || contact.includes("@")) return null;
    const verdict = deps.rules.hours.at({ contact, kind, at, regions: readRegions(person_regions) });
    return verdict.open ? null : verdict.until;
  };
}
