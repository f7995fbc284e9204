// The guide of a brokerage's track, each step with what was observed of it; and the ticks of what cannot be observed.
import type { Guide, GuideStep } from "../../../shared/console/guide.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { PLACES } from "../console-places.ts";
import type { ObservedAgent } from "../identity/observe-agents.ts";
import { type GuideFacts, guideFacts, nameOf, type Proof, proven, waiting } from "./guide-facts.ts";
import { type SectionPlan, type StepPlan, TAGS } from "./guide-steps.ts";
import { TRACK_A } from "./track-a.ts";
import { TRACK_B } from "./track-b.ts";

/** @throws GatewayError tenant_not_found. */
export async function readGuide(deps: AdminDeps, slug: string): Promise<Guide> {
  const facts = await guideFacts(deps, slug);
  const plans = plansOf(facts.tenant.track);
  const sections = plans.map(({ steps, ...section }) => ({
    ...section,
    steps: steps.flatMap((step) => stepsOf(step, facts, plans)),
  }));
  const counted = sections
    .filter(({ id }) => id !== "checklist")
    .flatMap((section) => section.steps)
    .filter((step) => !step.optional);
  const done = counted.filter(({ state }) => state === "proven" || state === "ticked").length;
  return {
    tenant: slug,
    track: facts.tenant.track,
    agents: facts.tenant.users.map(({ id, name }) => ({ user_id: id, name: name || id })),
    sections,
    progress: { done, of: counted.length },
  };
}

const plansOf = (track: "A" | "B"): readonly SectionPlan[] => [...(track === "A" ? TRACK_A : TRACK_B), TAGS];

function stepsOf(plan: StepPlan, facts: GuideFacts, plans: readonly SectionPlan[]): GuideStep[] {
  switch (plan.kind) {
    case "brokerage":
      return [toStep(plan, facts, null, plan.prove(facts))];
    case "agent":
      return facts.agents.map((agent) => toStep(plan, facts, agent, plan.prove(facts, agent)));
    case "sum":
      return [toStep(plan, facts, null, sumUp(plan.of, facts, plans))];
    case "tick": {
      const agents = plan.perAgent ? facts.agents : [null];
      return agents.map((agent) => toStep(plan, facts, agent, ticked(plan.id, plan.sentence, facts, agent)));
    }
  }
}

type StepOutcome = Omit<Proof, "state"> & { readonly state: GuideStep["state"] };

function toStep(
  plan: StepPlan,
  facts: GuideFacts,
  agent: ObservedAgent | null,
  outcome: StepOutcome,
): GuideStep {
  const slug = facts.tenant.domain_name;
  const open = outcome.state === "failed" || outcome.state === "waiting";
  return {
    id: plan.id,
    user_id: agent?.user.id ?? null,
    title: plan.title,
    kind: plan.kind === "tick" ? "tick" : "proof",
    optional: plan.optional ?? false,
    ...outcome,
    in_crm: [...(plan.inCrm ?? [])],
    copy: (plan.copy ?? []).map((what) => COPY[what](facts)),
    here: [...(plan.here ?? [])],
    action: open && agent ? PLACES.agents(slug) : null,
  };
}

const COPY = {
  embed: ({ urls }: GuideFacts) => ({ label: "Address of the app for one contact", text: urls.embed }),
  campaign: ({ urls }: GuideFacts) => ({ label: "Address of the campaign app", text: urls.campaign }),
  webhook: ({ urls }: GuideFacts) => ({ label: "Address of the webhook", text: urls.webhook }),
  slug: ({ tenant }: GuideFacts) => ({ label: "The brokerage's name", text: tenant.domain_name }),
} as const;

const tickId = (slug: string, step: string, userId: string | null): string =>
  `${slug}/${step}/${userId ?? ""}`;

function ticked(step: string, sentence: string, facts: GuideFacts, agent: ObservedAgent | null): StepOutcome {
  const at = facts.ticks.get(tickId(facts.tenant.domain_name, step, agent?.user.id ?? null));
  if (at === undefined) return waiting(sentence);
  return { state: "ticked", sentence: "Ticked at the console.", at, evidence: null };
}

/** As good as the worst of the steps; the newest sight proves, the first that is open is told. */
function sumUp(ids: readonly string[], facts: GuideFacts, plans: readonly SectionPlan[]): Proof {
  const wanted = plans.flatMap(({ steps }) => steps).filter(({ id }) => ids.includes(id));
  const proofs = wanted.flatMap((plan): { proof: Proof; who: string | null }[] => {
    if (plan.kind === "brokerage") return [{ proof: plan.prove(facts), who: null }];
    if (plan.kind !== "agent") return [];
    return facts.agents.map((agent) => ({ proof: plan.prove(facts, agent), who: nameOf(agent) }));
  });
  if (proofs.length === 0) return waiting("There are no agents yet.");
  const open =
    proofs.find(({ proof }) => proof.state === "failed") ??
    proofs.find(({ proof }) => proof.state === "waiting");
  if (open) {
    const named = open.who === null || open.proof.sentence.includes(open.who);
    return named ? open.proof : { ...open.proof, sentence: `${open.who}: ${open.proof.sentence}` };
  }
  const [newest] = proofs
    .map(({ proof }) => proof)
    .toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? 1 : -1));
  const sentence =
    proofs.length === 1 ? (newest?.sentence ?? "") : `Seen ${proofs.length} of ${proofs.length} times.`;
  return proven(sentence, newest?.at ?? null, newest?.evidence ?? null);
}

/** @throws GatewayError tenant_not_found, not_found, wrong_state for a step the gateway judges itself. */
export async function tickStep(
  deps: AdminDeps,
  slug: string,
  tick: { readonly step: string; readonly userId: string | null; readonly done: boolean },
): Promise<void> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const plan = plansOf(tenant.track)
    .flatMap(({ steps }) => steps)
    .find(({ id }) => id === tick.step);
  if (!plan) throw new GatewayError("not_found", { sentence: "The guide has no such step." });
  if (plan.kind !== "tick")
    throw new GatewayError("wrong_state", { sentence: "The gateway finds out about this step by itself." });
  if (plan.perAgent !== tenant.users.some(({ id }) => id === tick.userId))
    throw new GatewayError("not_found", { sentence: "There is no such agent." });
  const id = tickId(slug, tick.step, tick.userId);
  await deps.db.deleteFrom("guide_ticks").where("id", "=", id).execute();
  if (!tick.done) return;
  const row = { id, tenant: slug, ticked_at: deps.clock.now() };
  await deps.db.insertInto("guide_ticks").values(row).execute();
}
