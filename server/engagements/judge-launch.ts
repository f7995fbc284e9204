// The rules once more, right before something goes out: between the request and now somebody else may have reached this
// person, they may have opted out, it may have become too late where they are, or the brokerage is gone.
import type { Channel } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { ContactDecision } from "../contact/check-contact.ts";
import { about } from "./about-engagement.ts";
import { checkRules } from "./check-rules.ts";
import { endEngagement } from "./end-engagement.ts";
import { addHistory, type EngagementRow, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { noteDecision } from "./note-decision.ts";
import { wakeCampaign } from "./tell-campaign.ts";

/** "go", "settled" (refused and ended, or back in its campaign's line), or when it may go out, epoch ms. */
export async function judgeLaunch(
  deps: EngagementDeps,
  row: EngagementRow,
): Promise<"go" | "settled" | number> {
  const tenant = deps.settings.tenant(row.tenant);
  if (!tenant) {
    await end(deps, row, "tenant_not_found", new GatewayError("tenant_not_found").sentence);
    return "settled";
  }
  // Of a campaign they were read with the list, and what changes since is told by webhooks.
  const reaches = deps.providers.get(row.provider).reachesPeople && row.campaign_id === null;
  const known = reaches ? await deps.readKnowledge?.(row) : undefined;
  const decision = await checkRules(deps, deps.db, {
    tenant,
    channel: row.channel as Channel,
    provider: row.provider,
    contact: row.contact ?? "",
    personId: row.person_id,
    crmAccountId: row.crm_account_id,
    known,
    at: deps.clock.now(),
    except: row.id,
  });
  if (decision.decision === "held") return hold(deps, row, decision);
  await noteDecision(deps.db, row, "launch", decision, deps.clock.now());
  if (decision.decision === "allowed") return "go";
  await end(deps, row, decision.rule, decision.sentence);
  return "settled";
}

const end = (deps: EngagementDeps, row: EngagementRow, outcome: string, detail: string): Promise<void> =>
  endEngagement(deps, row.id, { status: "failed", outcome, detail });

type Held = Extract<ContactDecision, { decision: "held" }>;

// Never dropped: a single one keeps its job until then, one of a campaign goes back into the line.
async function hold(deps: EngagementDeps, row: EngagementRow, held: Held): Promise<"settled" | number> {
  const now = deps.clock.now();
  const inCampaign = row.campaign_id !== null;
  await deps.db.transaction().execute(async (trx) => {
    const back = inCampaign ? { campaign_state: "held" as const } : {};
    await updateEngagement(trx, row.id, { ...back, status: "queued", scheduled_at: held.until }, now);
    // A moment before closing many are sent back together: their campaign tells it once.
    if (inCampaign) return wakeCampaign(trx, row, now);
    await noteDecision(trx, row, "launch", held, now);
    await addHistory(trx, row.id, [
      { at: now, event: "held", detail: `${held.sentence} It goes out at ${isoTime(held.until)}` },
    ]);
    await deps.journal.add(trx, {
      ...about(row),
      event: "engagement.held",
      message: `Outreach waits: ${held.sentence}`,
      detail: { until: isoTime(held.until), hours: held.detail },
    });
  });
  deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  return inCampaign ? "settled" : held.until;
}
