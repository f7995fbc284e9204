// What stands in the way of a save: a failure in words, or what somebody else saved meanwhile, next to mine.

import { Failure } from "../kit/problem.tsx";
import { SaveConflict } from "../kit/save-conflict.tsx";
import { FIELD, FIELD_NAMES } from "../texts/setup.ts";
import { conflictPath, isSecret } from "./field-ref.ts";
import { labelOf } from "./setting-field.tsx";
import type { DraftForm } from "./use-draft.ts";

export function SaveTrouble({ form }: { readonly form: DraftForm }) {
  const { saving, draft } = form;
  const mine = new Map([...draft.values()].map((entry) => [conflictPath(entry.ref), entry]));
  return (
    <>
      {saving.error === null ? null : <Failure error={saving.error} />}
      <SaveConflict
        changed={saving.conflict}
        nameOf={(path) => {
          const entry = mine.get(path);
          return entry === undefined ? nameOfPath(path) : labelOf(entry.ref);
        }}
        mineOf={(path) => {
          const entry = mine.get(path);
          if (entry === undefined) return null;
          if (isSecret(entry.ref)) return "•••";
          return typeof entry.value === "boolean" ? (entry.value ? FIELD.on : FIELD.off) : entry.value;
        }}
        onKeepMine={saving.keepMine}
        onTakeTheirs={form.discard}
        onClose={saving.forget}
      />
    </>
  );
}

/** A setting I did not touch, in its own words: "acme: Sync contacts". */
function nameOfPath(path: string): string {
  const parts = path.split(/[./]/);
  const name = parts.at(-1) ?? path;
  const scope =
    path.includes(".users.") || path.startsWith("secrets.user/")
      ? "user"
      : path.includes("platform")
        ? "platform"
        : "tenant";
  const label = FIELD_NAMES[scope]?.[name] ?? name;
  const whose =
    path.startsWith("platform") || path.startsWith("secrets.platform")
      ? ""
      : (parts[path.startsWith("secrets.") ? 2 : 1] ?? "");
  return whose === "" || whose === name ? label : `${whose}: ${label}`;
}
