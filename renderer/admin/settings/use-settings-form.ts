// Settings as one form over all its parts: what is typed, compared with what was read when the typing began, saved as one.
import { useCallback, useMemo, useRef, useState } from "react";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { fieldErrors } from "../kit/field-errors.ts";
import { noticeDone } from "../kit/notices.tsx";
import type { SecretChange } from "../kit/secret-field.tsx";
import { type Saving, useSave } from "../setup/use-save.ts";
import { SETTING_NAMES } from "../texts/setting-names.ts";
import { SETTINGS } from "../texts/settings.ts";
import {
  type Draft,
  errorPlaceOf,
  NO_DRAFT,
  placeOfError,
  savedAt,
  secretPlace,
  setupOf,
  withChange,
} from "./settings-draft.ts";

export interface SettingsForm {
  readonly view: SettingsView;
  readonly draft: Draft;
  readonly saving: Saving;
  /** The typed value, else the saved one. */
  value(place: string): unknown;
  change(place: string, value: unknown): void;
  secret(name: string): SecretChange;
  changeSecret(name: string, value: SecretChange): void;
  /** What the gateway found wrong there or inside it; undefined when nothing. */
  errorAt(place: string): string | undefined;
  /** All that was wrong, by place. */
  readonly errors: ReadonlyMap<string, string>;
  save(): void;
  discard(): void;
}

/** What a part about one brokerage is given. */
export interface BrokerageProps {
  readonly form: SettingsForm;
  readonly tenant: string;
}

export function useSettingsForm(view: SettingsView): SettingsForm {
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const [slugs, setSlugs] = useState<readonly string[]>([]);
  const [corrected, setCorrected] = useState<ReadonlySet<string>>(new Set());
  // The settings as they were when the first change was typed: what somebody else saves later is a conflict.
  const base = useRef(view.revision);
  if (draft.size === 0) base.current = view.revision;
  const saving = useSave();
  const { forget, error } = saving;
  const errors = useMemo(
    () => new Map([...fieldErrors(error)].map(([path, message]) => [placeOfError(path, slugs), message])),
    [error, slugs],
  );
  const discard = useCallback(() => {
    setDraft(NO_DRAFT);
    forget();
  }, [forget]);
  const change = (place: string, value: unknown): void => {
    setDraft((now) => withChange(now, view, place, value));
    setCorrected((now) => new Set([...now, errorPlaceOf(place)]));
  };
  const errorAt = (place: string): string | undefined => {
    const at = errorPlaceOf(place);
    for (const [path, message] of errors) {
      if (corrected.has(at)) return undefined;
      if (path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`)) return sentence(message);
    }
    return undefined;
  };
  const save = (): void => {
    const { setup, slugs: order } = setupOf(draft);
    setSlugs(order);
    setCorrected(new Set());
    saving.save(setup, base.current, ({ needs_restart }) => {
      setDraft(NO_DRAFT);
      const names = needs_restart.map((name) => SETTING_NAMES.platform[name] ?? name);
      noticeDone(names.length === 0 ? SETTINGS.saved : SETTINGS.restart(names.join(", ")));
    });
  };
  return {
    ...{ view, draft, saving, errors, errorAt, save, discard, change },
    value: (place) => (draft.has(place) ? draft.get(place) : savedAt(view, place)),
    secret: (name) => draft.get(secretPlace(name)) as SecretChange,
    changeSecret: (name, value) => change(secretPlace(name), value),
  };
}

/** "must be …" as a sentence of its own. */
export const sentence = (message: string): string =>
  /^(must|may|is|has|leads|agents) /.test(message) ? `It ${message}.` : message;
