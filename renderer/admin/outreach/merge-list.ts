// Engagements and campaigns in one list, newest first. Campaigns older than the oldest loaded engagement wait until the
// list has come that far, so that nothing is inserted above what was read.
import type { ConsoleCampaign } from "../../../shared/console/campaigns.schema.ts";
import type { OutreachRow } from "./engagement-feed.ts";

export type ListItem =
  | { readonly kind: "single"; readonly key: string; readonly at: string; readonly row: OutreachRow }
  | { readonly kind: "campaign"; readonly key: string; readonly at: string; readonly row: ConsoleCampaign };

export function mergeList(
  engagements: readonly OutreachRow[],
  campaigns: readonly ConsoleCampaign[],
  hasMore: boolean,
): readonly ListItem[] {
  const oldest = engagements.at(-1)?.created_at;
  const singles = engagements.map(
    (row): ListItem => ({ kind: "single", key: row.engagement_id, at: row.created_at, row }),
  );
  const shown = campaigns
    .filter(({ created_at }) => !hasMore || oldest === undefined || created_at >= oldest)
    .map((row): ListItem => ({ kind: "campaign", key: row.batch_id, at: row.created_at, row }));
  if (shown.length === 0) return singles;
  return [...singles, ...shown].sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0));
}
