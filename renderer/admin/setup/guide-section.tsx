// A part of the guide: steps one after the other, those of an agent under the agent's name.

import type { ReactNode } from "react";
import type { z } from "zod";
import type { GuideStep, guideSectionSchema } from "../../../shared/console/guide.schema.ts";
import { Panel } from "../kit/panel.tsx";
import { SETUP } from "../texts/setup.ts";
import { GuideStepLine } from "./guide-step.tsx";
import type { DraftForm } from "./use-draft.ts";

export type GuideSection = z.infer<typeof guideSectionSchema>;
export type Agents = readonly { readonly user_id: string; readonly name: string }[];

/** Which step of the guide it is: the same step of two agents has the same id. */
export const stepKey = ({ id, user_id }: Pick<GuideStep, "id" | "user_id">): string =>
  user_id === null ? id : `${id}~${user_id}`;

export function GuideSectionPanel(props: {
  readonly section: GuideSection;
  readonly agents: Agents;
  readonly slug: string;
  readonly form: DraftForm;
  readonly openKey: string | null;
  readonly onOpen: (key: string | null) => void;
  /** Key of the step that follows, over all sections. */
  readonly after: (key: string) => string | null;
  readonly children?: ReactNode;
}) {
  const { section, openKey, onOpen } = props;
  const line = (step: GuideStep) => {
    const key = stepKey(step);
    const next = props.after(key);
    return (
      <GuideStepLine
        key={key}
        step={step}
        slug={props.slug}
        form={props.form}
        open={key === openKey}
        onToggle={() => onOpen(key === openKey ? null : key)}
        onNext={next === null ? null : () => onOpen(next)}
      />
    );
  };
  const shared = section.steps.filter(({ user_id }) => user_id === null);
  const own = props.agents
    .map((agent) => ({ agent, steps: section.steps.filter(({ user_id }) => user_id === agent.user_id) }))
    .filter(({ steps }) => steps.length > 0);
  return (
    <Panel title={section.title} aside={<Count steps={section.steps} />}>
      <div className="stack">
        {shared.length === 0 ? null : <ol className="steps">{shared.map(line)}</ol>}
        {own.map(({ agent, steps }) => (
          <section key={agent.user_id} aria-label={agent.name} className="fill">
            <p className="step-agent" dir="auto">
              {agent.name}
            </p>
            <ol className="steps">{steps.map(line)}</ol>
          </section>
        ))}
        {props.children}
      </div>
    </Panel>
  );
}

function Count({ steps }: { readonly steps: readonly GuideStep[] }) {
  const done = steps.filter(({ state }) => state === "proven" || state === "ticked").length;
  return <span className="quiet small">{SETUP.progress(done, steps.length)}</span>;
}
