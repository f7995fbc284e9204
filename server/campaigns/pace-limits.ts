// How fast a channel's campaigns may go, and how many may be released at a moment. Pure.

import { CAMPAIGN_CHANNELS, type CampaignChannel } from "../../shared/campaign.schema.ts";
import type { Pace } from "../../shared/pace.schema.ts";
import type { CallType, Channel } from "../../shared/values.ts";
import type { CampaignDeps } from "./campaign-deps.ts";

/** Going on at the same time per channel and account unless the brokerage says otherwise. */
const DEFAULT_AT_ONCE: Readonly<Record<CampaignChannel, number>> = { phone: 40, sms: 80, email: 80 };

export interface ChannelLimits {
  readonly atOnce: number;
  /** A provider that takes many at once is given so many together, and never more in one go; null: one by one. */
  readonly chunk: number | null;
  /** null: not limited. */
  readonly perMinute: number | null;
  /** Of one agent's list, where the agent takes part in person; null: not limited. */
  readonly perAgent: (type: string) => number | null;
}

const UNLIMITED = 1_000_000;

/**
 * Rows of a batch may use further channels; those go at the pace of texts. A provider that takes many at once keeps its
 * own pace, so without the brokerage's word nothing but the size of a chunk limits it.
 */
export function channelLimits(
  deps: Pick<CampaignDeps, "settings" | "providers">,
  slug: string,
  channel: Channel,
): ChannelLimits {
  const known = CAMPAIGN_CHANNELS.find((one) => one === channel) ?? "sms";
  const tenant = deps.settings.tenant(slug);
  const own: Pace = tenant?.pace[known] ?? {};
  const provider = tenant && deps.providers.get(deps.providers.chosen(tenant, channel));
  const bulk = provider?.bulk;
  return {
    atOnce: own.at_once ?? (bulk ? UNLIMITED : DEFAULT_AT_ONCE[known]),
    chunk: bulk ? bulk.most : null,
    perMinute: own.per_minute ?? null,
    perAgent: (type) => provider?.perAgent?.(slug, channel, type as CallType) ?? null,
  };
}

export interface Allowance {
  /** May be released now. */
  readonly now: number;
  /** When the next one may be, whole epoch ms; null when nothing but a free place is waited for. */
  readonly nextAt: number | null;
}

/** Slots of a pace come evenly, `60,000 / perMinute` ms apart; what was not used in the last second is not saved up. */
export function paceAllowance(perMinute: number | null, lastAt: number | null, now: number): Allowance {
  if (perMinute === null) return { now: Number.MAX_SAFE_INTEGER, nextAt: null };
  const gap = 60_000 / perMinute;
  if (lastAt === null) return { now: 1, nextAt: Math.ceil(now + gap) };
  const due = Math.floor((now - lastAt) / gap);
  const most = Math.max(1, Math.ceil(perMinute / 60));
  return { now: Math.max(0, Math.min(due, most)), nextAt: Math.ceil(Math.max(now + 1, lastAt + gap)) };
}

/** What to remember as the last release after `used` slots were taken. */
export function paceMark(perMinute: number | null, lastAt: number | null, now: number, used: number): number {
  if (perMinute === null || lastAt === null) return now;
  const gap = 60_000 / perMinute;
  return Math.max(Math.min(now, Math.ceil(lastAt + used * gap)), now - Math.ceil(gap * 2));
}
