// Rollout has read a connected account for the first time: from now on it can be asked (facts: credential sync-completed
// callback). Whose account it is, the credential's id says; what waited for it is brought forward.
import { z } from "zod";
import { GatewayError } from "../base/errors.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { IncomingDelivery, ReceivingDeps } from "./incoming-delivery.ts";
import { allRules } from "./tag-rules.ts";
import { verifyDelivery } from "./verify-delivery.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

const bodySchema = z.looseObject({
  credential: z.looseObject({ id: z.string().trim().min(1).max(200), appKey: z.string().max(100).nullish() }),
});

export type SyncCompletedNotice = Pick<IncomingDelivery, "body" | "signature" | "headers" | "doubted">;

/**
 * Idempotent by the credential. An account that is no brokerage's is told in the journal: its id has to be entered.
 * @throws GatewayError unauthorized, rate_limited, not_ready, vault_unavailable, invalid_request.
 */
export async function takeSyncCompleted(
  deps: WebhookDeps & ReceivingDeps,
  incoming: SyncCompletedNotice,
): Promise<"known" | "unknown"> {
  verifyDelivery(deps, { ...incoming, source: "rollout", tenant: "" });
  const { id, appKey } = readCredential(incoming.body);
  const tenants = deps.settings
    .current()
    .tenants.filter((one) => one.crm_sync_provider === "rollout" && one.rollout_credential_id === id);
  const what = appKey ? ` (${appKey})` : "";
  await deps.db.transaction().execute(async (trx) => {
    const now = deps.clock.now();
    for (const tenant of tenants) {
      const slug = tenant.domain_name;
      const job = { tenant: slug };
      await enqueue(trx, "learn-accounts", job, {
        now,
        dedupeKey: `learn:${slug}`,
        bringForward: "also_failed",
      });
      if (allRules(tenant).length > 0)
        await enqueue(trx, "catch-up", job, {
          now,
          dedupeKey: `catch-up:${slug}`,
          bringForward: "also_failed",
        });
      await deps.journal.add(trx, {
        event: "rollout.sync_completed",
        message: `Rollout has read the brokerage's connected account${what}; it can be used now`,
        tenant: slug,
      });
    }
    if (tenants.length === 0)
      await deps.journal.add(trx, {
        event: "rollout.unknown_account",
        severity: "warn",
        message: `Rollout has read the connected account ${id}${what}, which is no brokerage's here. Enter its id as rollout_credential_id of the brokerage it belongs to.`,
      });
  });
  deps.nudge();
  return tenants.length > 0 ? "known" : "unknown";
}

function readCredential(body: Buffer): z.output<typeof bodySchema>["credential"] {
  try {
    return bodySchema.parse(JSON.parse(body.toString("utf8"))).credential;
  } catch (cause) {
    throw new GatewayError("invalid_request", {
      sentence: "The body must be JSON with credential.id.",
      cause,
    });
  }
}
