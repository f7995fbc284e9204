// The rules once more, right before something goes out: between the request and now somebody else may have reached this
// person, they may have opted out, it may have become too late where they are, or the brokerage is gone.
import { type EngagementStatus, isTerminal } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import type { ContactDecision } from "../contact/check-contact.ts";
import type { Trx } from "../db/schema.ts";
import { about } from "./about-engagement.ts";
import { checkRules, type RuleSubject } from "./check-rules.ts";
import { endEngagement } from "./end-engagement.ts";
import { addHistory, type EngagementRow, findEngagement, updateEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { launchSubject } from "./launch-subject.ts";
import { noteDecision } from "./note-decision.ts";
import { wakeCampaign } from "./tell-campaign.ts";

/**
 * "go"; "settled": refused and ended, or back in its campaign's line; "taken": it is not to be started any more; or when it
 * may go out, epoch ms.
 */
export type Judged = "go" | "settled" | "taken" | number;

/** Takes what may go out, in the transaction that decided it; tells whether there was still something to take. */
export type Claim = (trx: Trx, row: EngagementRow) => Promise<boolean>;

/**
 * Of two to the same person at once the second sees the first, which `claim` has taken.
 * @throws GatewayError crm_* as launchSubject; nothing is taken then.
 */
export async function judgeLaunch(deps: EngagementDeps, row: EngagementRow, claim: Claim): Promise<Judged> {
  const [judged = "settled"] = await judgeTogether(deps, [row], claim);
  return judged;
}

/** The same for several that are handed over together: all are judged and taken, or none. One answer each, in their order. */
export async function judgeTogether(
  deps: EngagementDeps,
  rows: readonly EngagementRow[],
  claim: Claim,
): Promise<readonly Judged[]> {
  const subjects: (RuleSubject | undefined)[] = [];
  for (const row of rows) subjects.push(await launchSubject(deps, row));
  const decided = await deps.db.transaction().execute(async (trx) => {
    const answers: Decided[] = [];
    for (const [index, row] of rows.entries()) {
      const subject = subjects[index];
      answers.push(subject ? await decide(deps, trx, { row, subject, claim }) : "settled");
    }
    return answers;
  });
  const judged: Judged[] = [];
  for (const [index, row] of rows.entries())
    judged.push(await settle(deps, row, decided[index] ?? "settled", subjects[index] !== undefined));
  return judged;
}

type Decided = Judged | Extract<ContactDecision, { decision: "refused" }>;

interface ToDecide {
  readonly row: EngagementRow;
  readonly subject: RuleSubject;
  readonly claim: Claim;
}

async function decide(deps: EngagementDeps, trx: Trx, { row, subject, claim }: ToDecide): Promise<Decided> {
  const decision = await checkRules(deps, trx, subject);
  if (decision.decision === "held") return hold(deps, trx, row, decision);
  if (decision.decision === "allowed" && !(await claim(trx, row))) return "taken";
  await noteDecision(trx, row, "launch", decision, subject.at);
  return decision.decision === "allowed" ? "go" : decision;
}

async function settle(
  deps: EngagementDeps,
  row: EngagementRow,
  decided: Decided,
  asked: boolean,
): Promise<Judged> {
  if (asked && (typeof decided === "number" || decided === "settled"))
    deps.bus.emit("engagement:changed", { engagementId: row.id, tenant: row.tenant });
  if (typeof decided !== "object") return decided;
  const { rule, sentence } = decided;
  await endEngagement(deps, row.id, { status: "failed", outcome: rule, detail: sentence });
  return "settled";
}

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
