// The seed's quick checklists: a line per item, observed or ticked.
import type { GuideStep } from "../../../shared/console/guide.schema.ts";
import { Panel } from "../kit/panel.tsx";
import { When } from "../kit/when.tsx";
import { SETUP } from "../texts/setup.ts";
import type { Agents, GuideSection } from "./guide-section.tsx";
import { stepKey } from "./guide-section.tsx";
import { Evidence, TickBox } from "./step-proof.tsx";
import { StepBadge } from "./step-state.tsx";

export function CheckList(props: {
  readonly section: GuideSection;
  readonly agents: Agents;
  readonly slug: string;
}) {
  const nameOf = (step: GuideStep): string | null =>
    props.agents.find(({ user_id }) => user_id === step.user_id)?.name ?? step.user_id;
  return (
    <Panel title={props.section.title}>
      <ul className="lines">
        {props.section.steps.map((step) => (
          <li key={stepKey(step)} className="line check-line">
            <span className="check-state">
              <StepBadge step={step} />
            </span>
            <div>
              <p dir="auto">
                <strong>{SETUP.tickOf(step.title, nameOf(step))}</strong>
                {step.optional ? <span className="quiet"> ({SETUP.optional})</span> : null}
              </p>
              <p className="small quiet" dir="auto">
                {step.sentence}
              </p>
            </div>
            <span className="row small quiet">
              {step.at === null ? null : <When at={step.at} />}
              <Evidence step={step} />
              {step.kind === "tick" ? (
                <TickBox
                  step={step}
                  slug={props.slug}
                  label={SETUP.tickOf(step.title, nameOf(step))}
                  hidden
                />
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
