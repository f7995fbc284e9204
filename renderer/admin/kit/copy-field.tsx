// A text to be pasted somewhere else: label, the text in full, one button.
import { CopyButton } from "./copy-button.tsx";

export function CopyField({
  label,
  value,
  hint,
}: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}) {
  return (
    <div className="copy-field">
      <div className="field-label">{label}</div>
      <div className="copy-line">
        <code dir="ltr">{value}</code>
        <CopyButton value={value} what={label} labelled />
      </div>
      {hint === undefined ? null : <div className="field-hint">{hint}</div>}
    </div>
  );
}
