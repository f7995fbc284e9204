// What every kind of field is given.
import type { FieldRef } from "./field-ref.ts";
import type { DraftForm } from "./use-draft.ts";

export interface FieldProps {
  readonly form: DraftForm;
  readonly field: FieldRef;
}

export interface TypedProps extends FieldProps {
  readonly hint: string;
  readonly readOnly: boolean;
}
