// Pause, resume and cancel, asked for by a person or another program. What the provider holds is asked of the provider
// first; what was not handed over yet is decided here alone.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import { enqueue } from "../queue/enqueue.ts";
import { about } from "./about-engagement.ts";
import { endEngagement } from "./end-engagement.ts";
import { addHistory, type EngagementRow, findEngagement, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { makeOrder } from "./make-order.ts";
import { recordSnapshot } from "./record-snapshot.ts";
import { wakeCampaign } from "./tell-campaign.ts";

export type Control = "pause" | "resume" | "cancel";

/** @throws GatewayError engagement_not_found, wrong_state, or the provider's own. */
export async function controlEngagement(
  deps: EngagementDeps,
  engagementId: string,
  control: Control,
  by: string,
): Promise<EngagementRow> {
  const row = await findEngagement(deps.db, engagementId);
  if (!row) throw new GatewayError("engagement_not_found");
  const status = row.status as EngagementStatus;
  if (isTerminal(status)) {
    if (control === "cancel" && status === "canceled") return row;
    throw new GatewayError("wrong_state", { sentence: `This outreach has already ended (${status}).` });
  }
  if (control === "pause" && status === "paused") return row;
  if (control === "resume" && status !== "paused") return row;
  await tellControl(deps, row, control, by);
  const handedOver = row.launch_state === "launched" && row.provider_ref !== null;
  if (handedOver && control === "resume" && row.parked_reason !== null) await watchAgain(deps, row);
  else if (handedOver) await askProvider(deps, row, control, row.provider_ref ?? "");
  else await decideHere(deps, row, control);
  deps.nudge();
  return (await findEngagement(deps.db, engagementId)) ?? row;
}

async function tellControl(
  deps: EngagementDeps,
  row: EngagementRow,
  control: Control,
  by: string,
): Promise<void> {
  const detail = `${by} asked to ${control} it`;
  await deps.db.transaction().execute(async (trx) => {
    await addHistory(trx, row.id, [{ at: deps.clock.now(), event: `${control}_requested`, detail }]);
    await deps.journal.add(trx, { ...about(row), event: `engagement.${control}_requested`, message: detail });
  });
}

async function askProvider(
  deps: EngagementDeps,
  row: EngagementRow,
  control: Control,
  reference: string,
): Promise<void> {
  const answer = await deps.providers
    .get(row.provider)
    [control](makeOrder(deps, row), reference)
    .catch((error: unknown) => {
      if (!isForgotten(row, control, error)) throw error;
      return null;
    });
  if (answer === null) {
    const detail = "Canceled here; the provider does not know this outreach any more";
    return endEngagement(deps, row.id, { status: "canceled", outcome: "canceled", detail });
  }
  await recordSnapshot(deps, row.id, {
    snapshot: answer.snapshot,
    agreed: AGREED[control],
    change: { provider_ref: answer.reference, parked_reason: null },
    nextPollAt: answer.nextPollAt,
  });
}

// What was set aside because the provider fell silent can be closed by a person even if the provider refuses to.
const isForgotten = (row: EngagementRow, control: Control, error: unknown): boolean =>
  control === "cancel" &&
  row.parked_reason !== null &&
  error instanceof GatewayError &&
  error.code === "provider_refused";

// Set aside because the provider fell silent: nothing was paused there, so it is only asked again how it stands.
async function watchAgain(deps: EngagementDeps, row: EngagementRow): Promise<void> {
  await recordSnapshot(deps, row.id, {
    snapshot: null,
    agreed: "in_progress",
    change: { parked_reason: null },
    nextPollAt: deps.clock.now(),
  });
}

const AGREED = { pause: "paused", resume: "in_progress", cancel: "canceled" } as const;

async function decideHere(deps: EngagementDeps, row: EngagementRow, control: Control): Promise<void> {
  if (control === "cancel") {
    const detail = "Canceled before it was started";
    return endEngagement(deps, row.id, {
      status: "canceled",
      outcome: "canceled",
      detail,
      guard: notBeingStarted,
    });
  }
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    // Read again: the launch may have begun since.
    const current = await findEngagement(trx, row.id);
    if (!current || isTerminal(current.status as EngagementStatus)) return;
    notBeingStarted(current);
    // A campaign passes over who is paused, and comes back to who is not any more.
    await wakeCampaign(trx, current, now);
    if (control === "pause") return updateEngagement(trx, row.id, { status: "paused" }, now);
    // Resuming a parked one is a person's decision to start it (again).
    await updateEngagement(trx, row.id, { status: "queued", launch_state: "none", parked_reason: null }, now);
    const runAt = Math.max(now, row.scheduled_at ?? now);
    await enqueue(
      trx,
      "launch-engagement",
      { engagement_id: row.id },
      { now, runAt, dedupeKey: `launch:${row.id}`, bringForward: true },
    );
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
}

// Parked ones are not: nobody is at work on them.
function notBeingStarted(row: EngagementRow): void {
  if (row.launch_state === "none" || row.parked_reason !== null) return;
  throw new GatewayError("wrong_state", {
    sentence: "This outreach is being started at this moment. Try again in a few seconds.",
  });
}
