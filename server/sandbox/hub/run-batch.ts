// Lets the rows of a batch of the pretend Hub go out one after the other, at the pace the test set.
import { setTimeout as wait } from "node:timers/promises";
import { acceptEngagement } from "./accept-engagement.ts";
import type { HubBatch } from "./bulk-types.ts";
import type { BulkRow } from "./check-bulk-rows.ts";
import type { HubState } from "./create-hub-world.ts";
import { isOver, runEngagement } from "./run-engagement.ts";

export interface BatchWork {
  rows: readonly BulkRow[];
  domain_name: string;
  fubUrl: () => string;
}

/** Each row becomes an engagement of its own when its turn comes. Ends early when the Hub is reset. */
export async function runBatch(
  state: HubState,
  batch: HubBatch,
  { rows, domain_name, fubUrl }: BatchWork,
): Promise<void> {
  const { engagements } = state;
  // The answer leaves before the first notice does.
  await wait(state.bulk.startsAfterMs ?? 0, undefined, { ref: false });
  for (const row of rows) {
    await freeLine(state, batch, engagements);
    if (state.engagements !== engagements) return;
    const engagement = acceptEngagement(state, { ...row, domain_name });
    batch.engagementIds.push(engagement.snapshot.engagement_id);
    batch.left -= 1;
    runEngagement(state, engagement, row.instruction, fubUrl);
    if (state.bulk.everyMs) await wait(state.bulk.everyMs, undefined, { ref: false });
  }
}

/** Waits until fewer than `atOnce` of the batch are under way. */
async function freeLine(
  state: HubState,
  batch: HubBatch,
  engagements: HubState["engagements"],
): Promise<void> {
  const underWay = (): number =>
    batch.engagementIds.filter((id) => {
      const engagement = engagements.get(id);
      return engagement !== undefined && !isOver(engagement);
    }).length;
  while (state.engagements === engagements && underWay() >= (state.bulk.atOnce ?? Number.POSITIVE_INFINITY)) {
    await wait(Math.max(1, state.stepMs), undefined, { ref: false });
  }
}
