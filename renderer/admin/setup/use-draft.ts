// A form over the settings: what is typed, compared with what was read when the typing began, saved as one.
import { useCallback, useRef, useState } from "react";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { type Draft, type DraftValue, NO_DRAFT, setupOf, shownValue, withValue } from "./draft.ts";
import { type FieldRef, faultOf, isSecret, keyOf } from "./field-ref.ts";
import { type Saving, useSave } from "./use-save.ts";

export interface DraftForm {
  readonly settings: SettingsView;
  readonly draft: Draft;
  readonly saving: Saving;
  /** Fields whose text may not be saved. */
  readonly faults: readonly FieldRef[];
  value(ref: FieldRef): string | boolean;
  /** undefined for "as it is". */
  typed(ref: FieldRef): DraftValue | undefined;
  change(ref: FieldRef, value: DraftValue | undefined): void;
  discard(): void;
  save(onDone?: () => void): void;
}

export function useDraft(settings: SettingsView): DraftForm {
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  // The settings as they were when the first change was typed: what somebody else saves later is a conflict.
  const base = useRef(settings.revision);
  if (draft.size === 0) base.current = settings.revision;
  const saving = useSave();
  const { forget } = saving;
  const discard = useCallback(() => {
    setDraft(NO_DRAFT);
    forget();
  }, [forget]);
  return {
    settings,
    draft,
    saving,
    faults: [...draft.values()]
      .filter(({ ref, value }) => typeof value === "string" && !isSecret(ref) && faultOf(ref, value) !== null)
      .map(({ ref }) => ref),
    value: (ref) => shownValue(draft, settings, ref),
    typed: (ref) => draft.get(keyOf(ref))?.value,
    change: (ref, value) => setDraft((now) => withValue(now, settings, ref, value)),
    discard,
    save: (onDone) =>
      saving.save(setupOf(draft), base.current, () => {
        setDraft(NO_DRAFT);
        onDone?.();
      }),
  };
}
