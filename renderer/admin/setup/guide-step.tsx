// One step of the guide: a line that opens to its three columns.
import { Button } from "@mantine/core";
import { useEffect, useId, useRef } from "react";
import type { GuideStep } from "../../../shared/console/guide.schema.ts";
import { Icon } from "../kit/icon.tsx";
import { SETUP } from "../texts/setup.ts";
import { StepCrm } from "./step-crm.tsx";
import { StepHere } from "./step-here.tsx";
import { StepProof } from "./step-proof.tsx";
import { StepBadge } from "./step-state.tsx";
import type { DraftForm } from "./use-draft.ts";

export interface StepProps {
  readonly step: GuideStep;
  readonly slug: string;
  readonly form: DraftForm;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** Opens the step after this one; null for the last. */
  readonly onNext: (() => void) | null;
}

export function GuideStepLine(props: StepProps) {
  const { step, open } = props;
  const id = useId();
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!open) return;
    line.current?.scrollIntoView({ block: "nearest" });
    // "Next step" has gone with the step before; the keyboard goes on from this one.
    if (document.activeElement === document.body) line.current?.querySelector("button")?.focus();
  }, [open]);
  return (
    <li ref={line} className={open ? "step step-open" : "step"}>
      <h3>
        <button
          type="button"
          className="step-line"
          aria-expanded={open}
          aria-controls={id}
          onClick={props.onToggle}
        >
          <Icon name={open ? "down" : "right"} size={16} />
          <span className="step-title" dir="auto">
            {step.title}
            {step.optional ? <span className="quiet"> ({SETUP.optional})</span> : null}
          </span>
          <StepBadge step={step} />
        </button>
      </h3>
      <div id={id} hidden={!open}>
        {open ? <StepBody {...props} /> : null}
      </div>
    </li>
  );
}

function StepBody({ step, slug, form, onNext }: StepProps) {
  return (
    <>
      <div className="step-columns">
        <section aria-label={SETUP.columns.crm}>
          <h4>{SETUP.columns.crm}</h4>
          <StepCrm step={step} />
        </section>
        <section aria-label={SETUP.columns.here}>
          <h4>{SETUP.columns.here}</h4>
          <StepHere step={step} slug={slug} form={form} />
        </section>
        <section aria-label={SETUP.columns.proof}>
          <h4>{SETUP.columns.proof}</h4>
          <StepProof step={step} slug={slug} />
        </section>
      </div>
      {onNext === null ? null : (
        <div className="step-foot">
          <Button size="xs" variant="light" onClick={onNext}>
            {SETUP.next}
          </Button>
        </div>
      )}
    </>
  );
}
