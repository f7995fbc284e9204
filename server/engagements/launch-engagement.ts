// Hands an accepted engagement to its provider. "launching" is saved before the provider is asked, so that after a crash
// it is known that it may have been asked: an idempotent provider is asked again, one that can look for its start looks,
// any other case waits for a person.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { ChannelProvider, ProviderAnswer } from "../channels/channel.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { notPaused, readPause } from "../queue/outreach-pause.ts";
import { awaitReply } from "./await-reply.ts";
import { type EngagementRow, findEngagement, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { hearFirst } from "./hear-first.ts";
import { judgeLaunch } from "./judge-launch.ts";
import { makeOrder } from "./make-order.ts";
import { meetElsewhere } from "./meet-elsewhere.ts";
import { parkEngagement } from "./park-engagement.ts";
import { recordSnapshot } from "./record-snapshot.ts";
import { settleRefused } from "./settle-refused.ts";
import { AGENT_BUSY_MS, agentIsFree, waitForTurn } from "./wait-for-turn.ts";

/** "paused": nothing goes out now, tried again once outreach goes on; a number: not before then, epoch ms. */
export type LaunchResult = "settled" | "paused" | number;

/** @throws GatewayError with a retry hint when the provider certainly did not start it. */
export async function launchEngagement(deps: EngagementDeps, engagementId: string): Promise<LaunchResult> {
  const row = await findEngagement(deps.db, engagementId);
  if (!row) return "settled";
  const provider = deps.providers.get(row.provider);
  // Stopped just after it was handed over, or told of by the carrier before its answer: what follows a launch is still due.
  if (row.launch_state === "launched") await awaitReply(deps, row.id, provider);
  if (row.launch_state === "launched" || !mayLaunch(row)) return "settled";
  if (await readPause(deps.db)) return "paused";
  const lost = row.launch_state === "launching" && !provider.startIsIdempotent;
  const found = lost ? await findLost(deps, row, provider) : null;
  if (found === "parked") return "settled";
  // What certainly did not go out is asked about like what never was to: hours may have passed since.
  const unsent = lost && found === null;
  if (unsent) await giveBack(deps, row.id);
  // A repeat after a crash is the same attempt again; only a start that certainly did not happen counts a new one.
  const again = row.launch_state === "launching" && !lost;
  const attempt = again || found ? row.launch_attempts : row.launch_attempts + 1;
  const started = { launch_state: "launching", launch_attempts: attempt } as const;
  const fresh = unsent || row.launch_state === "none";
  const claim = (db: DbOrTrx): Promise<boolean> =>
    claimLaunch(deps, db, { row, started, free: fresh ? agentIsFree(row, provider) : null });
  if (fresh) {
    const hearAt = await hearFirst(deps, row.tenant, provider);
    if (hearAt !== null) return hearAt;
    if (await meetElsewhere(deps, row, provider)) return "settled";
    // The place first: whoever waited for one is asked about as of now.
    const turnAt = await waitForTurn(deps, row, provider);
    if (turnAt !== null) return turnAt;
    const judged = await judgeLaunch(deps, row, claim);
    if (judged === "taken") return afterLostClaim(deps, row.id);
    if (judged !== "go") return judged;
  } else if (!(await claim(deps.db))) return afterLostClaim(deps, row.id);
  const answer = found ?? (await askProvider(deps, { ...row, ...started }, provider));
  if (answer === undefined) return "settled";
  await recordSnapshot(deps, row.id, {
    snapshot: answer.snapshot,
    agreed: "queued",
    change: { launch_state: "launched", parked_reason: null, provider_ref: answer.reference },
    nextPollAt: answer.nextPollAt,
  });
  await awaitReply(deps, row.id, provider);
  return "settled";
}

const UNKNOWN_AFTER_STOP =
  "The gateway stopped just while this outreach was being handed over, so it is not known whether it was started. Check with the provider, then resume it to start it again, or cancel it.";

// Paused (by a person, or parked) and ended engagements wait or stay; so do those whose campaign has not come to them.
const mayLaunch = (row: EngagementRow): boolean =>
  !isTerminal(row.status as EngagementStatus) && row.status !== "paused" && row.campaign_state !== "held";

// The gateway was stopped while it handed this over. null: it was certainly not started.
async function findLost(
  deps: EngagementDeps,
  row: EngagementRow,
  provider: ChannelProvider,
): Promise<ProviderAnswer | null | "parked"> {
  const park = async (reason: string): Promise<"parked"> => {
    await parkEngagement(deps, row.id, reason);
    return "parked";
  };
  if (!provider.findStart) return park(UNKNOWN_AFTER_STOP);
  try {
    return await provider.findStart(makeOrder(deps, row), row.updated_at);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "provider_fate_unknown") throw error;
    return park(error.sentence);
  }
}

// Unless a callback has told of it while it was looked for.
async function giveBack({ db, clock }: EngagementDeps, id: string): Promise<void> {
  await db
    .updateTable("engagements")
    .set({ launch_state: "none", updated_at: clock.now() })
    .where("id", "=", id)
    .where("launch_state", "=", "launching")
    .execute();
}

interface LaunchClaim {
  readonly row: EngagementRow;
  readonly started: Partial<EngagementRow>;
  /** Several calls of one agent may have waited for the same moment; null: it needs no place, or has it already. */
  readonly free: ReturnType<typeof agentIsFree>;
}

// Only while it is still to be started: somebody may have paused or canceled it, or all outreach, since it was read, another
// of the agent's calls may have been quicker, and a callback may have told of it.
async function claimLaunch(
  deps: EngagementDeps,
  db: DbOrTrx,
  { row, started, free }: LaunchClaim,
): Promise<boolean> {
  let claim = db
    .updateTable("engagements")
    .set({ ...started, updated_at: deps.clock.now() })
    .where("id", "=", row.id)
    .where("status", "in", ["accepted", "queued", "in_progress"])
    .where("launch_state", "!=", "launched")
    .where((where) => where.or([where("campaign_state", "is", null), where("campaign_state", "!=", "held")]))
    .where(notPaused);
  if (free) claim = claim.where(free);
  const result = await claim.executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function afterLostClaim(deps: EngagementDeps, id: string): Promise<LaunchResult> {
  if (await readPause(deps.db)) return "paused";
  const now = await findEngagement(deps.db, id);
  const waits = now !== undefined && now.launch_state !== "launched" && mayLaunch(now);
  return waits ? deps.clock.now() + AGENT_BUSY_MS : "settled";
}

async function askProvider(
  deps: EngagementDeps,
  row: EngagementRow,
  provider: ChannelProvider,
): Promise<ProviderAnswer | undefined> {
  try {
    return await provider.start(makeOrder(deps, row));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (error.code === "provider_fate_unknown") {
      // A notice may have told of it while its start still hung.
      await parkEngagement(deps, row.id, error.sentence, (now) => now.launch_state === "launched");
      return undefined;
    }
    if (await settleRefused(deps, row, error)) return undefined;
    await updateEngagement(deps.db, row.id, { launch_state: "none" }, deps.clock.now());
    throw error;
  }
}
