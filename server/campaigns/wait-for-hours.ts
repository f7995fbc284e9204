// Whether somebody in line may be reached at this hour where they are. Asked before anybody is let go, so that a list that
// runs into the evening waits as a whole and goes on by itself, rather than sending everybody out and back.
import { type Channel, isVoice } from "../../shared/values.ts";
import type { CampaignDeps } from "./campaign-deps.ts";

/** Somebody in line. */
export interface HeldRow {
  readonly id: string;
  readonly provider: string;
  readonly contact: string | null;
}

/** When their hours begin, epoch ms; null when they may be reached now. */
export type ClosedUntil = (row: Pick<HeldRow, "contact" | "provider">) => number | null;

const OPEN: ClosedUntil = () => null;

export function closedUntil(deps: CampaignDeps, slug: string, channel: Channel): ClosedUntil {
  const tenant = deps.settings.tenant(slug);
  if (!tenant || channel === "email" || tenant.contact_hours === "never") return OPEN;
  const kind = isVoice(channel) ? "calls" : "texts";
  const at = deps.clock.now();
  return ({ contact, provider }) => {
    const holds = tenant.contact_hours === "always" || deps.providers.get(provider).reachesPeople;
    if (!holds || contact === null || contact.includes("@")) return null;
    const verdict = deps.rules.hours.at({ contact, kind, at });
    return verdict.open ? null : verdict.until;
  };
}
