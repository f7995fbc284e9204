// What becomes of an outreach whose contact the carrier itself refuses: the number does not exist, its owner has told the
// carrier to stop, or the carrier lets nobody reach it. That is a result, not a failure of the gateway.
import type { Channel } from "../../shared/values.ts";
import type { GatewayError } from "../base/errors.ts";
import { addSuppression } from "../contact/suppression.store.ts";
import type { Trx } from "../db/schema.ts";
import { carrierOptOut } from "./carrier-opt-out.ts";
import { endEngagement } from "./end-engagement.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { recordSnapshot } from "./record-snapshot.ts";

/** True when the error was a result and is settled; false when it is for the worker. */
export async function settleRefused(
  deps: EngagementDeps,
  row: EngagementRow,
  error: GatewayError,
): Promise<boolean> {
  if (error.code === "invalid_phone" || error.code === "invalid_email") {
    await endAsResult(deps, row, error);
    return true;
  }
  if (error.code !== "opted_out" && error.code !== "do_not_call") return false;
  // First: what is cut short by a crash is asked again, and must not be sent again.
  await deps.db
    .transaction()
    .execute((trx) =>
      error.code === "opted_out"
        ? carrierOptOut(deps, trx, row, error.sentence)
        : leaveNumberAlone(deps, trx, row, error.sentence),
    );
  await endEngagement(deps, row.id, { status: "failed", outcome: error.code, detail: error.sentence });
  return true;
}

// Nobody's wish: it is this number, by this way, that the carrier does not reach.
async function leaveNumberAlone(
  deps: EngagementDeps,
  trx: Trx,
  row: EngagementRow,
  sentence: string,
): Promise<void> {
  await addSuppression(trx, {
    ...{ tenant: row.tenant, contact: row.contact, personId: null, crmAccountId: null },
    ...{ kind: "do_not_call", scope: row.channel as Channel, source: "carrier", said: sentence },
    ...{ engagementId: row.id, at: deps.clock.now() },
  });
}

async function endAsResult(deps: EngagementDeps, row: EngagementRow, error: GatewayError): Promise<void> {
  const now = deps.clock.now();
  const outcome = error.code === "invalid_phone" ? "invalid_phone" : "failed";
  await recordSnapshot(deps, row.id, {
    snapshot: {
      status: outcome === "failed" ? "failed" : "completed",
      outcome,
      summary: error.sentence,
      startedAt: now,
      completedAt: now,
      duration: 0,
      transcript: [],
      history: [{ at: now, event: error.code, detail: error.sentence }],
      seenAt: now,
    },
    change: { launch_state: "launched", parked_reason: null },
  });
}
