// The rules once more, right before something goes out: between the request and now somebody else may have reached this
// person, they may have opted out, it may have become too late where they are, or the brokerage is gone.
import { type Channel, type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { ContactDecision } from "../contact/check-contact.ts";
import type { Trx } from "../db/schema.ts";
import { about } from "./about-engagement.ts";
import { checkRules, type RuleSubject } from "./check-rules.ts";
import { readRegions } from "./contact-facts.ts";
import { endEngagement } from "./end-engagement.ts";
import { addHistory, type EngagementRow, findEngagement, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { noteDecision } from "./note-decision.ts";
import { wakeCampaign } from "./tell-campaign.ts";

/**
 * "go"; "settled": refused and ended, or back in its campaign's line; "taken": it is not to be started any more; or when it
 * may go out, epoch ms.
 */
export type Judged = "go" | "settled" | "taken" | number;

/**
 * `claim` takes what may go out, in the transaction that decided it: of two to the same person at once the second then sees
 * the first. It tells whether there was still something to take.
 */
export async function judgeLaunch(
  deps: EngagementDeps,
  row: EngagementRow,
  claim: (trx: Trx) => Promise<boolean> = async () => true,
): Promise<Judged> {
  const tenant = deps.settings.tenant(row.tenant);
  if (!tenant) {
    await end(deps, row, "tenant_not_found", new GatewayError("tenant_not_found").sentence);
    return "settled";
  }
  // Of a campaign they were read with the list, and what changes since is told by webhooks.
  const reaches = deps.providers.get(row.provider).reachesPeople && row.campaign_id === null;
  const read = reaches ? await deps.readKnowledge?.(row) : undefined;
  const subject: RuleSubject = {
    tenant,
    channel: row.channel as Channel,
    provider: row.provider,
    contact: row.contact ?? "",
    personId: row.person_id,
    crmAccountId: row.crm_account_id,
    known: read ?? { regions: readRegions(row.person_regions) },
    at: deps.clock.now(),
    except: row.id,
  };
  const decided = await deps.db.transaction().execute(async (trx) => {
    const decision = await checkRules(deps, trx, subject);
    if (decision.decision === "held") return hold(deps, trx, row, decision);
    if (decision.decision === "allowed" && !(await claim(trx))) return "taken";
    await noteDecision(trx, row, "launch", decision, subject.at);
    return decision.decision === "allowed" ? "go" : decision;
  });
  if (typeof decided === "number" || decided === "settled")
    deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  if (typeof decided !== "object") return decided;
  await end(deps, row, decided.rule, decided.sentence);
  return "settled";
}

const end = (deps: EngagementDeps, row: EngagementRow, outcome: string, detail: string): Promise<void> =>
  endEngagement(deps, row.id, { status: "failed", outcome, detail });

type Held = Extract<ContactDecision, { decision: "held" }>;

// Never dropped: a single one keeps its job until then, one of a campaign goes back into the line.
async function hold(
  deps: EngagementDeps,
  trx: Trx,
  row: EngagementRow,
  held: Held,
): Promise<"settled" | "taken" | number> {
  const now = deps.clock.now();
  // Canceled or paused while the rules were asked: then it is not brought back by them.
  const current = await findEngagement(trx, row.id);
  if (!current || !stillGoes(current)) return "taken";
  const inCampaign = row.campaign_id !== null;
  const back = inCampaign ? { campaign_state: "held" as const } : {};
  await updateEngagement(trx, row.id, { ...back, status: "queued", scheduled_at: held.until }, now);
  // A moment before closing many are sent back together: their campaign tells it once.
  if (inCampaign) {
    await wakeCampaign(trx, row, now);
    return "settled";
  }
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
  return held.until;
}

const stillGoes = ({ status, launch_state }: EngagementRow): boolean =>
  launch_state === "none" && !isTerminal(status as EngagementStatus) && status !== "paused";
