// The first column of a step: what to click in Follow Up Boss and what to paste there.
import type { GuideStep } from "../../../shared/console/guide.schema.ts";
import { CopyField } from "../kit/copy-field.tsx";
import { SETUP } from "../texts/setup.ts";

export function StepCrm({ step }: { readonly step: GuideStep }) {
  if (step.in_crm.length === 0 && step.copy.length === 0) {
    return <p className="quiet">{SETUP.nothingInCrm}</p>;
  }
  return (
    <div className="step-form">
      {step.in_crm.length === 0 ? null : (
        <ol className="todo">
          {step.in_crm.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ol>
      )}
      {step.copy.map(({ label, text }) => (
        <CopyField key={label} label={label} value={text} />
      ))}
    </div>
  );
}
