// What becomes of an outreach whose contact the carrier itself refuses: the number does not exist, or its owner has told
// the carrier to stop. That is a result, not a failure of the gateway.
import type { Channel } from "../../shared/values.ts";
import type { GatewayError } from "../base/errors.ts";
import { addSuppression } from "../contact/suppression.store.ts";
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
  if (error.code !== "opted_out") return false;
  await endEngagement(deps, row.id, { status: "failed", outcome: error.code, detail: error.sentence });
  await addSuppression(deps.db, {
    tenant: row.tenant,
    kind: "opt_out",
    contact: row.contact,
    personId: row.person_id,
    crmAccountId: row.crm_account_id,
    // What the carrier blocks is this way of reaching them; what they said is not known here.
    scope: row.channel as Channel,
    source: "carrier",
    said: error.sentence,
    engagementId: row.id,
    at: deps.clock.now(),
  });
  return true;
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
