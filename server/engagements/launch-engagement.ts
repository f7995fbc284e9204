// Hands an accepted engagement to its provider. "launching" is saved before the provider is asked, so that after a
// crash it is known that it may have been asked: an idempotent provider is asked again, any other case waits for a person.
import type { EngagementStatus } from "../../shared/values.ts";
import { isTerminal } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { ProviderAnswer } from "../channels/channel.ts";
import { notPaused, readPause } from "../queue/outreach-pause.ts";
import { endEngagement } from "./end-engagement.ts";
import { type EngagementRow, findEngagement, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { lastContactAt } from "./last-contact.ts";
import { makeOrder } from "./make-order.ts";
import { inCoolDown } from "./may-contact.ts";
import { parkEngagement } from "./park-engagement.ts";
import { recordSnapshot } from "./record-snapshot.ts";

/** "paused": nothing goes out now, it is to be tried again once outreach goes on. */
export type LaunchResult = "settled" | "paused";

/** @throws GatewayError with a retry hint when the provider certainly did not start it. */
export async function launchEngagement(deps: EngagementDeps, engagementId: string): Promise<LaunchResult> {
  const row = await findEngagement(deps.db, engagementId);
  if (!row || row.launch_state === "launched" || !mayLaunch(row)) return "settled";
  if (await readPause(deps.db)) return "paused";
  if (row.launch_state === "none" && (await refusedNow(deps, row))) return "settled";
  const provider = deps.providers.get(row.provider);
  if (row.launch_state === "launching" && !provider.startIsIdempotent) {
    await parkEngagement(deps, row.id, UNKNOWN_AFTER_STOP);
    return "settled";
  }
  // A repeat after a crash is the same attempt again; only a start that certainly did not happen counts a new one.
  const attempt = row.launch_state === "launching" ? row.launch_attempts : row.launch_attempts + 1;
  const started = { launch_state: "launching", launch_attempts: attempt } as const;
  if (!(await claimLaunch(deps, row.id, started))) return (await readPause(deps.db)) ? "paused" : "settled";
  const answer = await askProvider(deps, { ...row, ...started });
  if (answer === undefined) return "settled";
  await recordSnapshot(deps, row.id, {
    snapshot: answer.snapshot,
    agreed: "queued",
    change: { launch_state: "launched", parked_reason: null, provider_ref: answer.reference },
    nextPollAt: answer.nextPollAt,
  });
  return "settled";
}

const UNKNOWN_AFTER_STOP =
  "The gateway stopped just while this outreach was being handed over, so it is not known whether it was started. Check with the provider, then resume it to start it again, or cancel it.";

// Paused (by a person, or parked) and ended engagements wait or stay; so do those whose campaign has not come to them.
const mayLaunch = (row: EngagementRow): boolean =>
  !isTerminal(row.status as EngagementStatus) && row.status !== "paused" && row.campaign_state !== "held";

// Only while it is still to be started: somebody may have paused or canceled it, or all outreach, since it was read.
async function claimLaunch(
  deps: EngagementDeps,
  id: string,
  started: Partial<EngagementRow>,
): Promise<boolean> {
  const result = await deps.db
    .updateTable("engagements")
    .set({ ...started, updated_at: deps.clock.now() })
    .where("id", "=", id)
    .where("status", "in", ["accepted", "queued", "in_progress"])
    .where((where) => where.or([where("campaign_state", "is", null), where("campaign_state", "!=", "held")]))
    .where(notPaused)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

// The rules once more: between the request and now somebody else may have reached this person, or the brokerage is gone.
async function refusedNow(deps: EngagementDeps, row: EngagementRow): Promise<boolean> {
  const tenant = deps.settings.tenant(row.tenant);
  const coolDownMs = (tenant?.cool_down_minutes ?? 0) * 60_000;
  const last = coolDownMs > 0 ? await lastContactAt(deps.db, contactKey(row), row.id) : null;
  const rule = !tenant
    ? "tenant_not_found"
    : inCoolDown(last, deps.clock.now(), coolDownMs)
      ? "cool_down"
      : null;
  if (rule === null) return false;
  await endEngagement(deps, row.id, {
    status: "failed",
    outcome: rule,
    detail: new GatewayError(rule).sentence,
  });
  return true;
}

const contactKey = (row: EngagementRow) => ({
  tenant: row.tenant,
  channel: row.channel,
  contact: row.contact ?? "",
  personId: row.person_id,
  crmAccountId: row.crm_account_id,
});

async function askProvider(deps: EngagementDeps, row: EngagementRow): Promise<ProviderAnswer | undefined> {
  try {
    return await deps.providers.get(row.provider).start(makeOrder(deps, row));
  } catch (error) {
    if (error instanceof GatewayError && error.code === "provider_fate_unknown") {
      // A notice may have told of it while its start still hung.
      await parkEngagement(deps, row.id, error.sentence, (now) => now.launch_state === "launched");
      return undefined;
    }
    if (error instanceof GatewayError)
      await updateEngagement(deps.db, row.id, { launch_state: "none" }, deps.clock.now());
    throw error;
  }
}
