// The third column of a step: what the gateway saw of it, when, and where to look at it; or the box to tick.
import { Checkbox } from "@mantine/core";
import { Link } from "wouter";
import type { GuideStep } from "../../../shared/console/guide.schema.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { Failure } from "../kit/problem.tsx";
import { Said } from "../kit/said.tsx";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { SETUP } from "../texts/setup.ts";
import { StepBadge } from "./step-state.tsx";
import { useTick } from "./use-guide.ts";

export function StepProof({ step, slug }: { readonly step: GuideStep; readonly slug: string }) {
  return (
    <div className="stack" aria-live="polite">
      <StepBadge step={step} />
      <p dir="auto">
        <Said>{step.sentence}</Said>
      </p>
      {step.at === null ? null : (
        <p className="quiet small">
          {step.kind === "tick" ? SETUP.tickedAt : SETUP.seen} <When at={step.at} />
        </p>
      )}
      <Evidence step={step} />
      {step.action === null ? null : <Link href={step.action.to}>{step.action.label}</Link>}
      {step.kind === "tick" ? <TickBox step={step} slug={slug} label={SETUP.tick} /> : null}
    </div>
  );
}

export function Evidence({ step }: { readonly step: GuideStep }) {
  const { evidence } = step;
  if (evidence === null) return null;
  if (evidence.engagement_id !== null) {
    return <Link href={storyRoute({ engagement_id: evidence.engagement_id })}>{SETUP.story}</Link>;
  }
  if (evidence.journal_seq === null) return null;
  return <Link href={`/journal/${evidence.journal_seq}`}>{SETUP.entry}</Link>;
}

/** What only a person can know. */
export function TickBox(props: {
  readonly step: GuideStep;
  readonly slug: string;
  readonly label: string;
  readonly hidden?: boolean;
}) {
  const { step, slug } = props;
  const can = useCanChange();
  const { tick, busy, error } = useTick(slug);
  return (
    <>
      <Checkbox
        {...(props.hidden ? { "aria-label": props.label } : { label: props.label })}
        checked={step.state === "ticked"}
        disabled={!can || busy}
        onChange={(event) => tick(step.id, step.user_id, event.currentTarget.checked)}
      />
      {error === null ? null : <Failure error={error} />}
    </>
  );
}
