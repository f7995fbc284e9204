// The names behind one part of a list's bar.
import type { CampaignApi } from "./campaign-api.ts";
import type { PageView } from "./page-view.ts";
import type { Segment } from "./stack-segments.ts";
import { peopleView } from "./view-people.ts";

/** `onBack` shows what was on before. */
export function namesView(
  api: Pick<CampaignApi, "people">,
  batchId: string,
  { reason, word, count }: Segment,
  onBack: () => void,
): PageView {
  const filter = reason === null ? { state: "reached" as const } : { state: "skipped" as const, reason };
  return peopleView({
    title: word,
    count,
    load: (after) => api.people(batchId, { ...filter, after }),
    onBack,
  });
}
